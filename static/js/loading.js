// Shows how far long work has come, and opens the page anew when it is over; where the page has something to type in,
// data-loading-over says so instead.
// GET data-loading-url → {"is_loading": true, "share": 432, "said": "12,345行、…"}; share is in thousandths.
// The server must not count these calls as activity of the session.

const EVERY = 2_000;
const AT_MOST = 60_000;

const watch = (work) => {
  const bar = work.querySelector("progress");
  const said = work.querySelector("[data-loading-said]");
  const over = work.querySelector("[data-loading-over]");
  let wait = EVERY;

  const end = () => {
    if (!over) {
      location.reload();
      return;
    }
    for (const part of work.children) part.hidden = part !== over;
    over.textContent = over.dataset.loadingOver;
  };

  const ask = async () => {
    const answer = await fetch(work.dataset.loadingUrl, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (!now.is_loading) {
      end();
      return false;
    }
    // What is whole or nothing has no share: the bar then only shows that work goes on.
    if (now.share !== null) bar.value = now.share;
    said.textContent = now.said;
    return true;
  };

  const round = async () => {
    try {
      if (!(await ask())) return;
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, AT_MOST);
    }
    setTimeout(round, wait);
  };

  setTimeout(round, wait);
};

document.querySelectorAll("[data-loading-url]").forEach(watch);
