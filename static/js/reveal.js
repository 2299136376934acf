// Shows a part of a form only while its choice is made: data-shown-when="field=value", or "field=one|other".
// Without JavaScript every part stays visible and the server ignores what does not apply.

for (const part of document.querySelectorAll("[data-shown-when]")) {
  const [name, values] = part.dataset.shownWhen.split("=");
  const wanted = values.split("|");
  const inputs = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const chosen = () => inputs.some((input) => (input.type !== "radio" && input.type !== "checkbox" || input.checked) && wanted.includes(input.value));
  const show = () => { part.hidden = !chosen(); };
  inputs.forEach((input) => input.addEventListener("change", show));
  show();
}
