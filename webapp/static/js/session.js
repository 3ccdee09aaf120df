// When the session has ended, the page and what was typed stay. A dialog asks to sign in; then we go on where we were.
const meta = (name) => document.querySelector(`meta[name=${name}]`);
const dialog = () => document.getElementById("session-dialog");
let retry = null;

// What was typed, so that it is plain that it is still there; not where names may be typed.
const words = (form) => {
  const text = form?.querySelector("textarea:not([data-no-device-copy], [data-no-device-copy] *)")?.value.trim() ?? "";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const ended = (source, again) => {
  const box = dialog();
  if (!box) return;
  retry = again;
  const quote = box.querySelector("[data-session-text]");
  const text = words(source?.closest?.("form"));
  if (quote) {
    quote.textContent = text;
    quote.hidden = !text;
  }
  box.querySelector("[data-session-still]")?.setAttribute("hidden", "");
  if (!box.open) box.showModal();
};

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  // A suggestion that only asks (it announces what comes) is not what somebody wanted kept: never that is sent again.
  if (ctx.response?.status !== 401 || ctx.request.method === "GET" || ctx.sourceElement.ariaLive) return;
  const { sourceElement: source, sourceEvent, request: { submitter } } = ctx;
  ended(source, () => {
    if (source.matches("form")) source.requestSubmit(submitter?.isConnected ? submitter : null);
    else if (source.matches("button, a")) source.click();
    else source.dispatchEvent(new Event(sourceEvent.type, { bubbles: true }));
  });
});
document.addEventListener("brug:session-ended", ({ target, detail }) => ended(target, detail));

// The token of this session stands in one place in the page, travels with every change, and can be renewed.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = meta("csrf-token")?.content;
});
const renew = (token) => {
  if (!token) return;
  if (meta("csrf-token")) meta("csrf-token").content = token;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
};

document.addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-session-continue]")) return;
  const box = dialog();
  const answer = await fetch(box.dataset.sessionCheck, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return box.querySelector("[data-session-still]")?.removeAttribute("hidden");
  const owner = answer.headers.get("X-Draft-Owner");
  // Somebody else signed in: what stands here is not theirs.
  if (owner && meta("draft-owner") && owner !== meta("draft-owner").content) return location.reload();
  renew(answer.headers.get("X-CSRFToken"));
  box.close();
  const again = retry;
  retry = null;
  again?.();
});
