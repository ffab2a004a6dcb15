// The HTTP API, asked with the key that was typed for this tab.

const PAGE = 1000;
const MOST_PAGES = 5;
const ALL = 0;

/** A failure, in the words of the server's problem object. */
export class Failure extends Error {
  constructor(detail, status, request) {
    super(detail);
    this.status = status;
    this.request = request;
  }
}

/** Ask the API. Throws Failure; `status` 0 is a server that cannot be reached. */
export async function get(path, params) {
  const key = sessionStorage.getItem("key");
  let response;
  try {
    response = await fetch(path + (params ? "?" + spelled(params) : ""), { headers: key ? { "X-API-Key": key } : {} });
  } catch {
    throw new Failure("The server cannot be reached.", 0);
  }
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  const detail = response.status === 401 ? "This server needs a key." : problem.detail;
  throw new Failure(detail || `The server answered ${response.status}.`, response.status, response.headers.get("X-Request-ID"));
}

/** The page has one parameter for metadata, `meta=FIELD=VALUE`; the API one a field, `meta.FIELD=VALUE`. */
function spelled(params) {
  const asked = new URLSearchParams(params);
  const [field, ...value] = (asked.get("meta") ?? "").split("=");
  asked.delete("meta");
  if (field && value.length) asked.set("meta." + field, value.join("="));
  return asked;
}

/** Keep a key until the tab is closed. */
export function useKey(key) {
  sessionStorage.setItem("key", key);
}

/**
 * All of a list, at once where it is known to be short, else by pages, as far as 5,000 items; begun again
 * when the library changes meanwhile.
 */
export async function getAll(path, params, noun, expected, tries = 3) {
  const asked = new URLSearchParams(params);
  asked.set("k", expected <= PAGE * MOST_PAGES ? ALL : PAGE);
  const items = [];
  try {
    for (let page = 0; ; page++) {
      const found = await get(path, asked);
      items.push(...found[noun]);
      if (!found.next || page + 1 === MOST_PAGES) return { items, total: found.total, generation: found.generation };
      asked.set("cursor", found.next);
    }
  } catch (error) {
    if (error.status === 410 && tries > 1) return getAll(path, params, noun, expected, tries - 1);
    throw error;
  }
}
