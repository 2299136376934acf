// A form with data-once is sent once, however often its button is pressed; the server's idempotency key is the real
// guard. A form with data-warn-unsaved asks before the page is left with changes that no draft holds.

const LOCKED = 8000;

// A look at a sample in another window sends nothing that would count.
const isLook = (event) => event.submitter?.formTarget === "_blank";

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (isLook(event)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // An answer that is a download leaves this page standing, so the lock opens again.
    setTimeout(() => delete form.dataset.sent, LOCKED);
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

const changed = new Set();
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  form.addEventListener("input", () => {
    delete form.dataset.draft;
    changed.add(form);
  });
  form.addEventListener("submit", (event) => isLook(event) || changed.delete(form));
}
window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.dataset.draft !== "saved")) event.preventDefault();
});
