// Reading aloud: Space or Enter ticks what was read back and moves on to the next line, at last to the button.
// Without JavaScript the boxes are ticked one by one; the server counts them.

for (const form of document.querySelectorAll("form[data-reading]")) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const moveOn = () => (boxes.find((box) => !box.checked) ?? form.querySelector("button"))?.focus();
  for (const box of boxes) {
    box.addEventListener("change", () => { if (box.checked) moveOn(); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      box.checked = true;
      moveOn();
    });
  }
}
