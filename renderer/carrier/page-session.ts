const PAGE_KEY = 'rekey-page';
const TOKEN = /^#token=([\w-]+)$/;

/** The page's half of the session; the other half is a cookie that no script can read. */
export class PageSession {
  #pageKey = sessionStorage.getItem(PAGE_KEY);

  /** Headers that prove the page's half. */
  get headers(): Record<string, string> {
    return this.#pageKey === null ? {} : { 'Rekey-Page': this.#pageKey };
  }

  /**
   * Trades the one-time token in the address, if there is one, for a session.
   * @throws the error of `fetch` when the core can't be reached.
   */
  async signIn(): Promise<void> {
    const token = TOKEN.exec(location.hash)?.[1];
    if (!token) return;
    // Before anything else: out of the address bar and the history.
    history.replaceState(history.state, '', location.pathname + location.search);
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (!response.ok) return;
    const { result } = (await response.json()) as { result: { pageKey: string } };
    this.#pageKey = result.pageKey;
    sessionStorage.setItem(PAGE_KEY, result.pageKey);
  }
}
