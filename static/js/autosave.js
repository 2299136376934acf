// Keeps a draft on the server, never in this browser: desks are shared. Form: data-autosave-url.
// The server answers {"saved_at": "10:32"}; an input of type=file is not part of a draft.

const PAUSE = 2000;

const draftOf = (form) => {
  const fields = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) fields.delete(input.name);
  return fields;
};

const save = async (form, status) => {
  try {
    const answer = await fetch(form.dataset.autosaveUrl, { method: "POST", body: draftOf(form), redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { saved_at: savedAt } = await answer.json();
    form.dataset.draft = "saved";
    status.textContent = `${status.dataset.saved} ${savedAt}`;
    status.classList.remove("c-form__saved--failed");
  } catch {
    status.textContent = status.dataset.failed;
    status.classList.add("c-form__saved--failed");
  }
};

for (const form of document.querySelectorAll("form[data-autosave-url]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE, form, status);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
