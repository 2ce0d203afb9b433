/** True when prose states a score out of ten in one of the ways authors write it. */
export function statesScore(prose: string): boolean {
  return inFigures.test(prose) || inWords.test(prose);
}

const inFigures = /(?<![\d.,/])\d{1,2}\s*(?:\/|out of)\s*(?:10|ten)(?![\d/]|[.,]\d)/i;
const inWords =
  /\b(?:zero|nought|one|two|three|four|five|six|seven|eight|nine|ten) out of (?:10|ten)\b/i;
