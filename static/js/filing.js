// The form of an inquiry: the items of a procedure appear when it is chosen, without a button. What was ticked stays
// ticked where the next procedure has it too. Without JavaScript the button shows them.

for (const place of document.querySelectorAll("[data-items-of]")) {
  const select = document.getElementById(place.dataset.itemsOf);
  const show = () => {
    const ticked = new Set([...place.querySelectorAll("input:checked")].map((input) => input.value));
    const template = document.querySelector(`[data-items-when="${CSS.escape(select.value)}"]`);
    place.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
    for (const input of place.querySelectorAll("input")) input.checked = ticked.has(input.value);
  };
  select.addEventListener("change", show);
  document.querySelector("[data-items-button]").hidden = true;
}
