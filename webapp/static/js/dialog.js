// Dialogs open over the page and give the focus back to what opened them.
const openers = new WeakMap();

const open = (dialog, opener) => {
  if (!dialog || dialog.open) return;
  openers.set(dialog, opener ?? document.activeElement);
  dialog.showModal();
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog.replace("#", ""));
  if (dialog) {
    event.preventDefault();
    return open(dialog, opener);
  }
  if (event.target.closest?.("dialog [data-close]")) return event.target.closest("dialog").close();
  if (event.target.matches?.("dialog[data-light-dismiss]")) event.target.close();
});

// "close" does not bubble, so it is caught on the way down.
document.addEventListener("close", ({ target }) => {
  const opener = openers.get(target);
  openers.delete(target);
  if (opener?.isConnected) opener.focus();
}, true);

document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  const form = target.closest?.("[data-close-on-success]");
  if (form && ctx.response.status < 400) form.closest("dialog")?.close();
});

const scan = () => document.querySelectorAll("dialog[data-dialog-open]:not([open])").forEach((dialog) => {
  dialog.removeAttribute("data-dialog-open");
  open(dialog);
});
document.addEventListener("htmx:after:swap", scan);
scan();
