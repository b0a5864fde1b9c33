/**
 * Watches the start of a room, and says so where it does not start. It stands in the document itself, as a classic
 * script in syntax that old browsers read: what reports a lost script must not get lost with it.
 *
 * A room has started when its script has made the performance mark `capsnet:interactive`.
 */
(() => {
  const SLOW_MS = 20000;
  const WORDS = {
    old: "This page needs a newer browser: Chrome or Edge 109, Firefox 115, Safari 16.4, or later.",
    lost: "A part of this page could not be loaded.",
    slow: "This page has not started yet. The connection may be slow, or a part of the page is missing.",
  };

  /** What was said last. @type {keyof typeof WORDS | undefined} */
  let said;

  /** @param {keyof typeof WORDS} what */
  function say(what) {
    said = what;
    show();
    document.addEventListener("readystatechange", show); // the line may not be there yet
  }

  function show() {
    const line = document.getElementById("not-started");
    const text = document.getElementById("not-started-text");
    const button = document.getElementById("try-again");
    if (!line || !text || !button) return;
    line.hidden = !said;
    text.textContent = said ? WORDS[said] : "";
    button.onclick = () => location.reload();
  }

  /** Import maps came to Safari with 16.4, last of the three; size containers to Chrome with 105, Firefox with 110. */
  function isNew() {
    return (
      Boolean(HTMLScriptElement.supports && HTMLScriptElement.supports("importmap")) &&
      CSS.supports("container-type", "inline-size")
    );
  }

  /** A style sheet stays missing even when the room starts. */
  let styled = true;

  /** @param {Event} event of a script or a sheet that did not come, or of an error that nobody caught */
  function failed(event) {
    const from = event.target;
    const isSheet = from instanceof HTMLLinkElement && from.rel === "stylesheet";
    if (isSheet) styled = false;
    const isError = event instanceof ErrorEvent && Boolean(event.error);
    if (isSheet || isError || from instanceof HTMLScriptElement) say("lost");
  }

  function watch() {
    const timer = setTimeout(() => said || say("slow"), SLOW_MS);
    addEventListener("error", failed, true); // true: what elements tell does not bubble
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName("capsnet:interactive").length) return;
      observer.disconnect();
      clearTimeout(timer);
      removeEventListener("error", failed, true);
      said = styled ? undefined : "lost";
      show();
    }).observe({ type: "mark", buffered: true });
  }

  if (isNew()) watch();
  else say("old");
})();
