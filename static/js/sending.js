// Shows how far a file has come that this form sends, while the page waits for the answer.
// GET data-sending-url → as loading.js asks. Until the server has begun, the bar only shows that the file is on its way.

const EVERY = 1_000;

const watch = (work) => {
  const form = work.closest("form");
  const bar = work.querySelector("progress");
  const said = work.querySelector("[data-sending-said]");
  const parts = work.querySelectorAll("[hidden]");
  let isUnderWay = false;
  let next;

  const ask = async () => {
    const answer = await fetch(work.dataset.sendingUrl, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    const isOver = isUnderWay && !now.is_loading;
    isUnderWay = now.is_loading;
    if (isUnderWay) bar.value = now.share;
    // Whoever stopped the page has no answer coming.
    said.textContent = isOver ? work.dataset.sendingOver : now.said;
    return !isOver;
  };

  const round = async () => {
    try {
      if (!(await ask())) return;
    } catch {
      // The answer to the form says what became of it.
    }
    next = setTimeout(round, EVERY);
  };

  const show = (isShown) => {
    clearTimeout(next);
    for (const part of parts) part.hidden = !isShown;
  };

  form.addEventListener("submit", (event) => {
    if (isUnderWay) {
      // Sent once more, the page would lose the answer to the first.
      event.preventDefault();
      return;
    }
    show(true);
    next = setTimeout(round, EVERY);
  });
  window.addEventListener("pageshow", () => {
    isUnderWay = false;
    show(false);
  });
};

document.querySelectorAll("[data-sending-url]").forEach(watch);
