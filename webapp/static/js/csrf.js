// The token of this session travels with every request that changes something. It stands in one place in the page,
// so that a fresh sign-in can renew it.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token;
});
