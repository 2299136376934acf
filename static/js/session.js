// Warns five minutes before the automatic log-out. Nobody is sent away from the page: what was typed stays.
// GET data-session-url → {"seconds_left": n} without prolonging; POST prolongs and answers the same. Whoever is logged
// out already gets 401 or a redirect to the log-in page. No answer at all means trying again: a line may be down.

const WARNING = 300;
const { sessionSeconds, sessionUrl } = document.body.dataset;
const warning = document.getElementById("session-dialog");
const ended = document.getElementById("session-ended");
let timer = 0;

const after = (seconds, then) => {
  clearTimeout(timer);
  timer = setTimeout(then, Math.max(seconds, 0) * 1000);
};

const secondsLeft = async (options) => {
  const answer = await fetch(sessionUrl, { cache: "no-store", redirect: "manual", ...options });
  if (answer.type === "opaqueredirect" || answer.status === 401) return 0;
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).seconds_left;
};

const show = (dialog) => {
  for (const other of [warning, ended]) if (other !== dialog) other.close();
  if (dialog && !dialog.open) dialog.showModal();
};

// Another tab may have prolonged the session meanwhile, so the server is asked before anything is shown.
const check = async () => {
  const left = await secondsLeft().catch(() => NaN);
  if (Number.isNaN(left)) return after(30, check);
  if (left > WARNING) {
    show(null);
    return after(left - WARNING, check);
  }
  if (left <= 0) return show(ended);
  warning.querySelector("[data-session-minutes]").textContent = String(Math.ceil(left / 60));
  show(warning);
  return after(Math.min(left, 60), check);
};

if (sessionUrl) {
  warning.querySelector("[data-session-extend]").addEventListener("submit", async (event) => {
    event.preventDefault();
    await secondsLeft({ method: "POST", body: new FormData(event.target) }).catch(() => NaN);
    check();
  });
  after(Number(sessionSeconds) - WARNING, check);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && (warning.open || ended.open)) check(); });
}
