// Prints a page of its own from a frame that nobody sees.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    document.querySelector("iframe[data-headset-print]")?.remove();
    const frame = document.createElement("iframe");
    frame.dataset.headsetPrint = "";
    frame.title = "Sheet to print";
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.style.cssText = "position:fixed;width:0;height:0;border:0;visibility:hidden";
    frame.srcdoc = data.html;
    frame.onload = () => { frame.contentWindow.focus(); frame.contentWindow.print(); };
    document.body.append(frame);
  };
}
