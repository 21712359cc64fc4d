/* The page's one script: clicks to Gradio events, the reader's scrolling and sheet, copying. No library. */
(() => {
  "use strict";
  if (window.ceyin) return;

  const narrow = window.matchMedia("(max-width: 1099px)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let cameFrom = null; // the chip that opened the sheet: focus goes back there
  let askedAgain = false; // a form was sent: its answer takes the focus that the form had

  const motion = () => (still.matches ? "auto" : "smooth");
  const boxField = () => document.querySelector("#cy-box textarea");

  function openReader(from) {
    cameFrom = from;
    document.body.dataset.reader = "open";
  }

  function closeReader() {
    delete document.body.dataset.reader;
    if (cameFrom && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
    cameFrom = null;
  }

  async function copy(button) {
    const words = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Plain http on another machine has no clipboard interface.
      const field = document.createElement("textarea");
      field.value = words;
      field.className = "cy-sr";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    button.dataset.done = "1";
    setTimeout(() => delete button.dataset.done, 1500);
  }

  function goTo(anchor, behavior) {
    const target = anchor && document.getElementById(anchor);
    if (target) target.scrollIntoView({ behavior, block: "start" });
  }

  /** After Python put a document there: to the cited clause, else to the top. */
  function settleReader(root) {
    const scroller = root.querySelector(".cy-reader-scroll");
    const target = root.querySelector(".cy-target");
    if (!scroller) return;
    if (target) {
      const shown = target.getBoundingClientRect();
      const frame = scroller.getBoundingClientRect();
      const room = Math.max(24, (frame.height - shown.height) / 3);
      scroller.scrollTo({ top: scroller.scrollTop + shown.top - frame.top - room, behavior: motion() });
    } else {
      scroller.scrollTo({ top: 0 });
    }
    if (document.body.dataset.reader === "open" && narrow.matches) {
      (target || root.querySelector("h2"))?.focus({ preventScroll: true });
    }
  }

  function settleThread(root) {
    const turn = root.querySelector(".cy-turn[data-newest]");
    typing(); // the field that had the focus may be gone
    if (!turn) return;
    // At once: a smooth scroll under way would be lost when the answer replaces the waiting line.
    requestAnimationFrame(() => turn.scrollIntoView({ behavior: "instant", block: "start" }));
    const card = turn.querySelector(".cy-card");
    if (askedAgain && card) {
      askedAgain = false;
      card.focus({ preventScroll: true });
    }
  }

  /** A choice among the library is filled when it is opened: the titles stand in the page once. */
  function fillChoices(root) {
    for (const select of root.querySelectorAll("select[data-options]")) {
      const source = document.getElementById(select.dataset.options);
      if (!source || select.options.length > 1) continue;
      const chosen = select.value;
      for (const option of source.querySelectorAll("option")) {
        if (option.value !== chosen) select.append(option.cloneNode(true));
      }
    }
  }

  /** The fields of a form by name; several ticked boxes of one name are a list. */
  function valuesOf(form) {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      const several = form.querySelector(`input[type="checkbox"][name="${CSS.escape(name)}"]`);
      values[name] = several ? [...(values[name] || []), value] : value;
    }
    return values;
  }

  function connect(element, trigger, watch, events) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const data = { ...button.dataset };
      if (data.copy !== undefined) return void copy(button);
      if (data.goto !== undefined) return goTo(data.goto, motion());
      if (data.close !== undefined) return closeReader();
      if (data.do === "talk") return closeReader(), boxField()?.focus();
      if (data.do === "fresh") closeReader();
      if (data.do === "cite" || data.do === "open" || data.do === "library") {
        if (document.body.dataset.reader !== "open") openReader(button);
      }
      if (data.do === "cite") {
        document.querySelectorAll(".cy-chip[aria-pressed]").forEach((c) => c.removeAttribute("aria-pressed"));
        button.setAttribute("aria-pressed", "true");
      }
      if (data.do === "again") {
        askedAgain = true;
        data.values = { key: data.key };
      }
      if (events.includes(data.do)) trigger(data.do, data);
    });
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      const form = event.target;
      if (!events.includes("again")) return;
      askedAgain = true;
      trigger("again", { ...form.dataset, values: valuesOf(form) });
    });
    element.addEventListener("toggle", (event) => event.target.open && fillChoices(event.target), true);
    element.addEventListener("change", (event) => {
      const name = event.target.dataset && event.target.dataset.change;
      if (events.includes(name)) trigger(name, { value: event.target.value });
    });
    watch("value", () => {
      if (element.querySelector(".cy-reader")) settleReader(element);
      if (element.querySelector(".cy-turn")) settleThread(element);
    });
  }

  /** On a phone the bar gives its room to the keyboard; it comes back late, or what is tapped next would move away. */
  const FIELDS = "#cy-talk :is(textarea, select, input:not([type=radio], [type=checkbox]))";
  function typing() {
    if (document.activeElement?.matches(FIELDS)) document.body.dataset.typing = "";
    else setTimeout(() => document.activeElement?.matches(FIELDS) || delete document.body.dataset.typing, 250);
  }
  document.addEventListener("focusin", typing);
  document.addEventListener("focusout", typing);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.dataset.reader === "open") closeReader();
  });
  document.addEventListener("click", (event) => {
    // The darkened page behind the sheet.
    if (document.body.dataset.reader === "open" && event.target.id === "cy-shell") closeReader();
  });

  // The on-screen keyboard shrinks the visual viewport only: the shell follows, so the box stays above it.
  function fit() {
    const height = window.visualViewport ? window.visualViewport.height : window.innerHeight;
    document.documentElement.style.setProperty("--cy-height", `${Math.round(height)}px`);
  }
  window.visualViewport?.addEventListener("resize", fit);
  window.addEventListener("resize", fit);
  fit();

  const online = () => document.body.toggleAttribute("data-offline", !navigator.onLine);
  window.addEventListener("online", online);
  window.addEventListener("offline", online);
  online();

  // Other browsers: Gradio measures again on input.
  if (!CSS.supports("field-sizing", "content")) {
    const sheet = document.querySelector('link[href$="/page/ceyin.css"]');
    const measure = () => boxField()?.dispatchEvent(new Event("input", { bubbles: true }));
    sheet?.addEventListener("load", () => setTimeout(measure, 100));
    setTimeout(measure, 1000);
  }

  document.documentElement.lang = "zh-CN";
  window.ceyin = { connect };
})();
