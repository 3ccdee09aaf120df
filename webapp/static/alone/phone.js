// On the phone of whoever takes part: what could not be sent for want of a network is sent as soon as it is back, and a page
// with words that were not sent yet does not close by accident. Nothing is kept on the device. A form that did arrive
// after all is not counted twice: it carries its key.
const form = () => document.querySelector("form[data-sent-later]");
let waits = false;

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  waits ||= Boolean(ctx && !ctx.response && ctx.sourceElement === form());
});
addEventListener("submit", ({ target }) => {
  if (target === form()) waits = !navigator.onLine;
}, true);
addEventListener("online", () => {
  if (!waits || !form()) return;
  waits = false;
  form().requestSubmit();
});
addEventListener("beforeunload", (event) => {
  if (form()?.querySelector("textarea").value.trim()) event.preventDefault();
});
