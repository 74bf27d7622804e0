/** What `isHttpsUrl` asks for, in words. */
export const urlForm = 'an https URL, such as "https://api.example.com/sellers"';

/** True for URLs that policies may call: secrets and personal data go over TLS only. */
export function isHttpsUrl(text: string): boolean {
  const { protocol, username } = URL.parse(text) ?? {};
  return protocol === "https:" && username === "";
}
