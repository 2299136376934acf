// Suggestions under a search field: insurers, municipalities. An editable combobox with a list (ARIA 1.2).
// POST q=… to data-suggest-url → [{"value": "…", "label": "…", "note": "…"}]; what is typed stands in no address. Choosing fills the field with the label
// and the hidden field with the value, and a further one with what was typed before; typing again empties the hidden field, so the two never disagree.

const PAUSE = 200;
const announce = (text) => { document.getElementById("announcer").textContent = text; };

const optionOf = (entry, id) => {
  const option = document.createElement("li");
  option.id = id;
  option.className = "c-suggest__option";
  option.setAttribute("role", "option");
  option.dataset.value = entry.value;
  option.dataset.label = entry.label;
  const note = document.createElement("span");
  note.className = "c-suggest__note";
  note.textContent = entry.note ?? "";
  option.append(entry.label, note);
  return option;
};

const enhance = (box) => {
  const input = box.querySelector("[data-suggest-input]");
  const list = box.querySelector("[data-suggest-list]");
  const chosen = box.querySelector("[data-suggest-chosen]");
  const typed = box.querySelector("[data-suggest-typed]");
  let timer = 0;
  let current = null;
  let latest = 0;

  const close = () => {
    list.hidden = true;
    current = null;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (option) => {
    current?.setAttribute("aria-selected", "false");
    current = option;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  // Where the page says more about the one that is chosen, it says nothing while none is.
  const say = (text) => {
    const place = document.querySelector(`[data-suggest-note-of="${input.id}"]`);
    if (place) place.textContent = text;
  };

  const choose = (option) => {
    if (typed) typed.value = input.value;
    input.value = option.dataset.label;
    chosen.value = option.dataset.value;
    say(option.querySelector(".c-suggest__note").textContent);
    close();
    announce(option.dataset.label);
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const show = (entries) => {
    list.replaceChildren(...entries.map((entry, index) => optionOf(entry, `${list.id}-${index}`)));
    current = null;
    list.hidden = entries.length === 0;
    input.setAttribute("aria-expanded", String(entries.length > 0));
    announce(entries.length ? entries.length + box.dataset.suggestFound : box.dataset.suggestNone);
  };

  const search = async () => {
    const ticket = ++latest;
    const query = input.value.trim();
    if (!query) return close();
    const body = new URLSearchParams({ q: query, csrf_token: input.form.elements.csrf_token.value });
    try {
      const answer = await fetch(box.dataset.suggestUrl, { method: "POST", body, redirect: "error" });
      const entries = answer.ok ? await answer.json() : [];
      if (ticket === latest) show(entries);
    } catch {
      close();
    }
  };

  const onKey = (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const options = [...list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      mark(options[(options.indexOf(current) + step + options.length) % options.length] ?? options.at(-1));
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      choose(current);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  };

  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  input.addEventListener("input", () => {
    chosen.value = "";
    say("");
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
};

document.querySelectorAll("[data-suggest]").forEach(enhance);
