// The error summary takes the focus; its links lead to the field and bring the label into view with it.

const summary = document.querySelector("[data-error-summary]");

summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".c-field") ?? field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});
