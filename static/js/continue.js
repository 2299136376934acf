// Long work in portions: a button with data-continue is pressed by itself while the page is looked at.

const PAUSE = 400;

const button = document.querySelector("[data-continue]");
if (button) {
  const goOn = () => {
    if (!document.hidden) setTimeout(() => button.form.requestSubmit(button), PAUSE);
  };
  document.addEventListener("visibilitychange", goOn, { once: true });
  goOn();
}
