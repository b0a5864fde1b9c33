/**
 * Sets the theme that a visitor has chosen before anything is painted. It stands in the document itself, as a classic
 * script. `color-scheme` counts until the style sheets have come.
 */
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme !== "light" && theme !== "dark") return;
    document.documentElement.dataset.theme = theme;
    const scheme = document.querySelector('meta[name="color-scheme"]');
    if (scheme) scheme.setAttribute("content", theme);
  } catch (error) {
    console.info("this browser keeps nothing for the page, so no theme either", error);
  }
})();
