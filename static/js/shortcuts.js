// One-letter keys: j k c / ?. Off with <body data-shortcuts="off">, in fields, in dialogs, with Ctrl, Alt or Meta,
// and while a Japanese input method converts. Enter needs no code: the row's own link has the focus.

const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");
const help = document.getElementById("shortcut-dialog");
const helpButton = document.querySelector("[data-shortcut-help]");

const move = (step) => {
  const links = [...document.querySelectorAll("[data-row-link]")];
  const now = links.indexOf(document.activeElement?.closest("tr")?.querySelector("[data-row-link]"));
  const next = now < 0 ? links.at(step > 0 ? 0 : -1) : links[now + step];
  next?.focus();
};

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => document.querySelector("[data-copy-key]")?.click(),
  "/": () => document.querySelector("[data-shortcut-search]")?.focus(),
  "?": () => help.showModal(),
};

if (help && document.body.dataset.shortcuts === "on") {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    const press = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (!press || typing(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    press();
  });
}
