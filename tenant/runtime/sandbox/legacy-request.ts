/**
 * Source text of a stand-in for the package `request`, which Auth0's rules have as a global and which nobody installs any
 * more: `request(options, callback)` and a function per method, with `url`, `method`, `headers`, `qs`, `json`, `body`,
 * `form`, `auth` and `timeout`. The callback gets `(error, response, body)`.
 */
export const legacyRequest = `
(() => {
  const read = async ({ url, uri, baseUrl = "", method = "GET", headers = {}, qs, json, body, form, auth, timeout }) => {
    const target = new URL(baseUrl + (url || uri));
    for (const [name, value] of Object.entries(qs || {})) target.searchParams.set(name, value);
    const sent = { ...headers };
    if (json) sent.accept = "application/json";
    let content = body;
    if (json && typeof json === "object") content = json;
    if (json && content !== undefined) {
      sent["content-type"] = "application/json";
      content = JSON.stringify(content);
    }
    if (form) content = form instanceof URLSearchParams ? form : new URLSearchParams(form);
    if (auth && auth.bearer) sent.authorization = "Bearer " + auth.bearer;
    else if (auth) {
      const password = auth.pass || auth.password || "";
      sent.authorization = "Basic " + btoa((auth.user || auth.username) + ":" + password);
    }
    const signal = timeout ? AbortSignal.timeout(timeout) : undefined;
    const answer = await fetch(target, { method: method.toUpperCase(), headers: sent, body: content, signal });
    const text = await answer.text();
    let parsed = text;
    if (json) try { parsed = JSON.parse(text); } catch {}
    const response = { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: parsed };
    return { response, body: parsed };
  };
  const call = (fixed) => (target, options, callback) => {
    const given = typeof target === "string" ? { url: target } : target;
    const more = typeof options === "object" ? options : {};
    const done = [options, callback, given.callback].find((one) => typeof one === "function") || (() => {});
    read({ ...given, ...more, ...fixed }).then(
      ({ response, body }) => setImmediate(done, null, response, body),
      (error) => setImmediate(done, error.cause || error),
    );
  };
  const request = call({});
  for (const method of ["get", "post", "put", "patch", "head"]) request[method] = call({ method });
  request.del = request.delete = call({ method: "DELETE" });
  return request;
})()`;
