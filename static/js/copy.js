// Copy buttons: data-copy holds the text. Over http:// there is no clipboard interface, so a selection is copied instead.

const copySelection = (text) => {
  const area = document.createElement("textarea");
  area.className = "u-hidden";
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text);
  }
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(button.dataset.copy);
    document.getElementById("announcer").textContent = copied ? button.dataset.copied : button.dataset.copyFailed;
    if (copied) button.dataset.state = "copied";
    button.focus();
  });
}
