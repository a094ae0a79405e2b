// Sets the stored theme before the page is painted; "system" stores nothing.
(() => {
  try {
    const theme = localStorage.getItem("papergraph-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch { /* storage is switched off: the system decides */ }
})();
