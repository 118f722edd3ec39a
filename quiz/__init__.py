"""The pure domain of Headset: no Streamlit, no database, no hidden clock or chance."""
