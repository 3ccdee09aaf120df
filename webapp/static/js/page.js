// Small conveniences of a page.

// A private page must not come back from the browser's memory after signing out.
addEventListener("pageshow", (event) => event.persisted && location.reload());

const announce = (text) => document.dispatchEvent(new CustomEvent("brug:announce", { detail: text }));
const address = (text) => new URL(text || location.href, location.href).href;

const actions = {
  async copy(button) {
    const from = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    await navigator.clipboard.writeText(from ? from.value : address(button.dataset.copy));
    announce(button.dataset.copyDone);
    const label = button.querySelector(":scope > span:last-of-type");
    if (label && button.dataset.copyDone) label.textContent = button.dataset.copyDone;
  },
  share: (button) => navigator.share({ url: address(button.dataset.share), title: button.dataset.shareTitle }),
  print: () => window.print(),
};
const supported = { copy: "clipboard" in navigator, share: "share" in navigator, print: true };

// The other language, light or dark take along what was typed last, in whichever form. A part of a page that htmx exchanges stays.
let typed = null;
document.addEventListener("input", ({ target }) => (typed = target.form));

document.addEventListener("click", (event) => {
  const turn = event.target.closest?.("[data-turn]");
  if (turn && typed?.once && typed.isConnected && !typed.matches("[hx-post]")) {
    turn.setAttribute("form", (typed.id ||= "typed-last"));
    turn.name = "";
    turn.formAction = `${typed.action}${typed.action.includes("?") ? "&" : "?"}${turn.dataset.turn}`;
  }
  for (const name of Object.keys(actions)) {
    const button = event.target.closest?.(`[data-${name}]`);
    if (button) Promise.resolve(actions[name](button)).catch(() => {});
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("change", ({ target }) => target.form?.matches("[data-auto-submit]") && target.form.requestSubmit());

const scan = () => {
  for (const name of Object.keys(actions)) {
    if (supported[name]) document.querySelectorAll(`[data-${name}][hidden]`).forEach((button) => (button.hidden = false));
  }
};
document.addEventListener("htmx:after:swap", scan);
scan();

if (matchMedia("(width <= 760px)").matches && !location.hash) {
  document.querySelectorAll("details[data-wide][open]").forEach((part) => (part.open = false));
}
