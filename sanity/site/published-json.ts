import type { PublicSite } from '../../src/publishing/public-facts.ts';

/** How long an answer of the site is believed: typing must not ask it for every letter. */
const believed = 4_000;

/**
 * The public JSON of the site at an address, as anybody reads it. Throws, saying which address, when the
 * site does not answer at all: a plan from half of what is known would be wrong.
 */
export function publishedJson(
  siteUrl: string,
  fetching: (url: string, init: RequestInit) => Promise<Response>,
  clock: () => number,
): PublicSite {
  const answers = new Map<string, { readonly at: number; readonly answer: Answer }>();
  return {
    json(path) {
      const known = answers.get(path);
      if (known !== undefined && clock() - known.at < believed) return known.answer;
      const answer = read(`${siteUrl}${path}`, fetching);
      answers.set(path, { at: clock(), answer });
      // A failure is not believed: the next look asks again.
      answer.catch(() => answers.delete(path));
      return answer;
    },
  };
}

type Answer = ReturnType<PublicSite['json']>;

async function read(
  url: string,
  fetching: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Awaited<Answer>> {
  try {
    const response = await fetching(url, { cache: 'no-store', credentials: 'omit' });
    const text = await response.text();
    return { status: response.status, json: jsonOf(text) };
  } catch (cause) {
    throw new Error(`The site does not answer at ${url}.`, { cause });
  }
}

/** A page of an error is no JSON, and says nothing that is asked here. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
