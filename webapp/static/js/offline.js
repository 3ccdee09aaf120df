// Without a connection nothing is lost: the form stays as it is and says so.
const show = () => {
  for (const note of document.querySelectorAll("[data-offline-note]")) note.hidden = navigator.onLine;
};

let note = null;
const clear = () => note?.remove();
const failed = (source) => {
  if (source.ariaLive) return; // a suggestion only asks: nothing of anybody's is in it
  clear();
  const form = source.closest("form");
  note = document.querySelector("[data-failed-note]").content.firstElementChild.cloneNode(true);
  const actions = form?.querySelector("[data-form-actions], .form-actions");
  if (actions) actions.before(note);
  else if (form && !form.matches(".tap")) form.append(note);
  else document.getElementById("flash").append(note);
};

// A plain form would be traded for the browser's own "no internet" page.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.target.method !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  failed(event.target);
}, true);

// htmx swaps every answer. Only answers that were made for the place may take it; 401 belongs to the session dialog.
const fits = (status) => status < 400 || status === 409 || status === 422;
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!ctx.response || fits(ctx.response.status) || ctx.hx?.retarget) return;
  event.preventDefault();
  if (ctx.response.status !== 401) failed(ctx.sourceElement);
});
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) failed(ctx.sourceElement);
});
document.addEventListener("htmx:before:request", (event) => {
  if (!event.detail.ctx.sourceElement.ariaLive) clear();
  else if (!navigator.onLine) event.preventDefault();
});

addEventListener("online", show);
addEventListener("offline", show);
show();
