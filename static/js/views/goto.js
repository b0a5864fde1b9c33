/** The way to a section below the figure. */

/** Bring a section to the top of the screen, and the keyboard into it. @param {Element} section */
export function goTo(section) {
  const title = section.querySelector("h2");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
  // Sections on the way are filled as they are passed, and may grow: once they have, this one is found again.
  const found = new ResizeObserver(() => section.scrollIntoView({ block: "start" }));
  found.observe(document.body);
  for (const end of ["wheel", "pointerdown", "keydown"]) addEventListener(end, () => found.disconnect(), { once: true });
  setTimeout(() => found.disconnect(), 3000);
}
