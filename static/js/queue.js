// Says that new work has arrived; never touches the list under the reader's eyes.
// GET data-queue-url?since=VERSION with If-None-Match → 304, or {"version": 20, "arrived": 3} with a new ETag.
// The server must not count these calls as activity of the session.

const EVERY = 30_000;
const AT_MOST = 300_000;

const watch = (notice) => {
  const text = notice.querySelector("[data-queue-arrived]");
  const count = notice.querySelector("[data-queue-count]");
  let etag = "";
  let wait = EVERY;
  let timer = 0;

  const ask = async () => {
    const url = new URL(notice.dataset.queueUrl, location.href);
    url.searchParams.set("since", notice.dataset.queueVersion);
    const answer = await fetch(url, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", redirect: "error" });
    if (answer.status === 304) return;
    if (!answer.ok) throw new Error(String(answer.status));
    etag = answer.headers.get("ETag") ?? "";
    const { arrived } = await answer.json();
    if (arrived > 0 && count.textContent !== String(arrived)) {
      count.textContent = String(arrived);
      text.hidden = false;
    }
  };

  const round = async () => {
    try {
      await ask();
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, AT_MOST);
    }
    schedule();
  };

  const schedule = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(round, wait);
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : round()));
  schedule();
};

document.querySelectorAll("[data-queue-url]").forEach(watch);
