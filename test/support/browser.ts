/** A page of the tenant as a person sees it: text, forms with their hidden fields, links. */
export interface Page {
  readonly status: number;
  readonly html: string;
  readonly forms: readonly Form[];
  /** Address by text. */
  readonly links: Readonly<Record<string, string>>;
}

export interface Form {
  readonly action: string;
  /** Name and initial value of every input. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Where a visit ended: on a page of the tenant, or with a redirect to somewhere else, which is not followed. */
export type Visit =
  | { readonly kind: "page"; readonly page: Page }
  | { readonly kind: "left"; readonly url: URL; readonly parameters: Readonly<Record<string, string>> };

/** A browser without a screen: it keeps cookies, follows redirects within the tenant and fills in forms. */
export interface Browser {
  open(url: string): Promise<Visit>;
  /** Sends the page's only form with these fields in addition to those it has. */
  submit(page: Page, fields: Readonly<Record<string, string>>): Promise<Visit>;
  readonly cookies: Map<string, string>;
}

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

/** A browser without cookies at a tenant, which `fetch` reaches. */
export function createBrowser({
  url: origin,
  fetch,
}: {
  readonly url: string;
  readonly fetch: Fetch;
}): Browser {
  const cookies = new Map<string, string>();

  const request = async (url: string, init: RequestInit): Promise<Visit> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) keep(line);
    const location = response.headers.get("location");
    if (location === null) return { kind: "page", page: parsePage(response.status, await response.text()) };
    const next = new URL(location, new URL(url, origin));
    if (next.origin === new URL(origin).origin) return request(next.href, { method: "GET" });
    return { kind: "left", url: next, parameters: Object.fromEntries(next.searchParams) };
  };
  const keep = (line: string) => {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  };

  return {
    cookies,
    open: (url) => request(url, { method: "GET" }),
    submit: (page, fields) => {
      const [form] = page.forms;
      if (!form) throw new Error("the page has no form");
      return request(new URL(form.action, origin).href, {
        method: "POST",
        body: new URLSearchParams({ ...form.fields, ...fields }),
      });
    },
  };
}

function parsePage(status: number, html: string): Page {
  const forms = [...html.matchAll(/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = "", content = ""]) => ({
      action: plain(action),
      fields: Object.fromEntries(
        [...content.matchAll(/<input([^>]*)>/g)].map(([, attributes = ""]) => [
          plain(/ name="([^"]*)"/.exec(attributes)?.[1] ?? ""),
          plain(/ value="([^"]*)"/.exec(attributes)?.[1] ?? ""),
        ]),
      ),
    }),
  );
  const links = [...html.matchAll(/<a[^>]* href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(
    ([, href = "", text = ""]) => [plain(text), plain(href)],
  );
  return { status, html, forms, links: Object.fromEntries(links) };
}

const plain = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
