/**
 * The one stylesheet, inline in every page: one request a page, allowed by its hash in the CSP.
 * Change it and a test says which hash to append to `site/stylesheet-hashes.ts`.
 *
 * A measure of about 64 characters, one serif for reading and one sans for what is about the
 * reading; hues come from the accent alone, so light and dark are two lightnesses of it. Logical
 * properties throughout, so that right to left needs no rules of its own.
 */
export const stylesheet = minified(`
:root {
  color-scheme: light dark;
  --hue: 25; --chroma: .17;
  --paper: #fcfbf8; --ink: #1b1a18; --soft: #5f5b54; --line: #dedad1; --wash: #f4f1ea;
  --accent: oklch(.46 var(--chroma) var(--hue));
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Gelasio, Georgia, "Noto Naskh Arabic", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513; --ink: #e9e5dd; --soft: #a49e93; --line: #37342f; --wash: #201e1b;
    --accent: oklch(.78 calc(var(--chroma) * .72) var(--hue));
  }
}
[data-accent=ink] { --chroma: 0 }
[data-accent=amber] { --hue: 65; --chroma: .11 }
[data-accent=moss] { --hue: 135; --chroma: .11 }
[data-accent=teal] { --hue: 195; --chroma: .08 }
[data-accent=cobalt] { --hue: 262; --chroma: .17 }
[data-accent=violet] { --hue: 300; --chroma: .17 }
[data-accent=rose] { --hue: 0; --chroma: .16 }

* { box-sizing: border-box }
html { font: 112.5%/1.6 var(--serif); background: var(--paper); color: var(--ink); text-size-adjust: none; -webkit-text-size-adjust: none; accent-color: var(--accent) }
body { max-width: 66rem; margin: auto; padding: 0 1.25rem; overflow-wrap: break-word; hanging-punctuation: first allow-end }
h1, h2, h3, p, ol, ul, figure, blockquote { margin: 0; padding: 0 }
h1, h2, h3 { text-wrap: balance; line-height: 1.2; font-weight: 600; font-variant-numeric: lining-nums }
a { color: inherit; text-decoration: underline .06em var(--accent); text-underline-offset: .18em; text-decoration-skip-ink: auto }
a:hover { color: var(--accent); text-decoration-thickness: .12em }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px }
::selection { background: var(--accent); color: var(--paper) }
[dir=rtl], [dir=rtl] :is(h1, h2, .name, time) { letter-spacing: 0 }
body :not(article)[dir] { text-align: -webkit-match-parent; text-align: match-parent }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; inset-block-start: .5rem; padding: .4rem .8rem; background: var(--ink); color: var(--paper); font: 500 .8rem var(--sans) }
.skip:not(:focus) { clip-path: inset(50%) }

.masthead { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1.5rem; padding: 1.4rem 0 .8rem; border-block-end: 1px solid var(--ink) }
.masthead a { text-decoration: none }
.name { font-size: 1.35rem; font-weight: 700; letter-spacing: -.01em }
.masthead nav, .colophon, .by, .status, .aside, small, figcaption, time, .months, .formats, .neighbours, .ways { font-family: var(--sans); font-size: .78rem; line-height: 1.5; color: var(--soft) }

.opening { max-width: 48rem; padding: clamp(1.8rem, 5vw, 3.6rem) 0 clamp(1.4rem, 3vw, 2.2rem) }
h1 { font-size: clamp(2rem, 1.2rem + 3.6vw, 3.5rem); line-height: 1.08; letter-spacing: -.018em }
h1 a { text-decoration: none }
h1 time { display: block; margin-block-end: .9rem; font-size: .8rem; font-weight: 600; line-height: 1.4; letter-spacing: .01em; color: var(--accent) }
.standfirst { margin-block-start: 1.1rem; font-size: 1.25rem; line-height: 1.45; color: var(--soft); text-wrap: pretty }
.by { margin-block-start: 1.1rem }
.by bdi { color: var(--ink); font-weight: 600 }
.status { margin-block-start: .3rem }

.measure { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.6rem; border-block-start: 1px solid var(--line); padding-block: 1.6rem 3rem }
.facts { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 1rem 1.25rem; align-content: start }
.facts > figure { grid-row: span 4 }
.facts section { grid-column: 2 }
.facts:not(:has(> figure)) { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem }
.facts h2 { margin: 0; font: 600 .72rem/1.5 var(--sans); letter-spacing: 0; color: var(--soft) }
.facts p { line-height: 1.35; font-variant-numeric: lining-nums }
.facts b { font-size: 1.15rem; font-weight: 600 }
.facts .native { display: block }
.facts small { display: block }
.native { color: var(--soft) }
img { display: block; inline-size: 100%; block-size: auto; background: var(--wash) }
figcaption { margin-block-start: .5rem; font-size: .72rem }
figcaption small { display: block; font-size: .68rem }

.answers { max-width: 37rem }
.answers > * + * { margin-block-start: 2.2rem }
.answers h2 { margin-block-end: .55rem; font-size: 1.35rem; letter-spacing: -.008em; color: var(--accent) }
.answers h3 { margin-block: 1.4rem .4rem; font-size: 1.05rem }
.answers p, .answers li { text-wrap: pretty }
.answers p + p, .answers p + ul, .answers p + ol, .answers ul + p, .answers ol + p { margin-block-start: .9rem }
.answers ul, .answers ol { padding-inline-start: 1.3rem }
.answers li + li, .answers li > ul, .answers li > ol { margin-block-start: .3rem }
.answers li::marker { color: var(--accent); font-family: var(--sans); font-size: .85em }
.answers figure { inline-size: 12rem; max-inline-size: 100%; margin-block: 1.4rem }
.answers .quote { inline-size: auto; margin-block: 1.2rem }
.quote blockquote { margin-block: 0 !important }
.quote figcaption { padding-inline-start: calc(1.1rem + 3px) }
blockquote { margin-block: 1.2rem !important; padding-inline-start: 1.1rem; border-inline-start: 3px solid var(--accent); font-style: italic }
[dir=rtl] blockquote, [dir=rtl] em { font-style: normal }
sup { line-height: 0; font-family: var(--sans); font-size: .66em }
sup a { padding: .3em .15em; color: var(--accent); text-decoration: none }
:target { scroll-margin-block: 2rem; background: var(--wash); box-shadow: 0 0 0 .35rem var(--wash) }

.score { display: flex; align-items: baseline; gap: .8rem; margin-block-start: 1.3rem !important; padding-block: .8rem; border-block: 1px solid var(--line); font-family: var(--sans); font-size: .85rem; line-height: 1.4; color: var(--soft) }
.score data { font: 600 1.9rem/1 var(--serif); font-variant-numeric: lining-nums; color: var(--accent) }

.notice { padding: 1rem 1.2rem; background: var(--wash); border-inline-start: 3px solid var(--accent) }
.notice p { white-space: pre-line }
.notice h2, .sources h2, .related h2, .translations h2, .by-month h2 { font: 600 .85rem/1.5 var(--sans) !important; color: var(--ink) !important }
.notice b { font: 600 .78rem var(--sans) }
.notice p, .sources, .related, .translations { font-size: .9rem; line-height: 1.5 }
.sources, .related, .translations, .byline { padding-block-start: 1rem; border-block-start: 1px solid var(--line) }
.related .brief { margin-block-start: .3rem }
.brief li:first-child { border: 0 }
.back { padding-inline: .2em; text-decoration: none; color: var(--accent); font-family: var(--sans) }
.byline bdi { font-weight: 600 }
.byline small { display: block }

.cards { list-style: none; padding: 0 !important }
.cards li { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .1rem 1.25rem; align-items: baseline; margin: 0 !important; padding-block: .9rem; border-block-start: 1px solid var(--line) }
.cards li > :not(time) { grid-column: 2 }
.cards a { justify-self: start; font-size: 1.15rem; font-weight: 600; line-height: 1.25; text-decoration: none; text-wrap: balance }
.cards a:hover { text-decoration: underline .06em }
.cards p { margin-block-start: .15rem !important; font-size: .9rem; line-height: 1.5; color: var(--soft) }
.cards .retracted { justify-self: start; font: 600 .72rem var(--sans); color: var(--accent) }
.brief li { padding-block: .5rem }
.brief a { font-size: 1rem }
.latest, .by-month { max-width: 48rem; margin-block-end: 2.5rem }
.latest > h2 { padding-block: 1.2rem .8rem; border-block-start: 1px solid var(--ink); font-size: 1.35rem }
.months { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; list-style: none; padding: 0 !important; margin-block-start: .5rem }
.months li { margin: 0 !important }
.months a, .neighbours a, .ways a, .formats a, .colophon a { color: var(--ink) }
.archive, .message { max-width: 48rem; padding-block: clamp(1.8rem, 5vw, 3.6rem) 3rem }
.archive h1, .message h1 { margin-block-end: 1.4rem; font-size: clamp(1.8rem, 1.2rem + 2.4vw, 2.6rem) }
.archive section { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .1rem 1.25rem; align-items: baseline; padding-block: .9rem; border-block-start: 1px solid var(--line) }
.archive section h2 { font-size: 1.15rem }
.plain { list-style: none }
.facts:empty { display: none }
.neighbours, .ways { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1.5rem; margin-block-start: 1.5rem }
.ways { justify-content: start }

.colophon { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .8rem 2rem; padding-block: 1.2rem 2.5rem; border-block-start: 1px solid var(--ink) }
.colophon b { color: var(--ink) }
.colophon nav { display: flex; gap: 1rem }

@media (min-width: 60em) {
  .measure { grid-template-columns: 17rem minmax(0, 1fr); gap: 4rem; padding-block-start: 2.2rem }
  .facts, .facts:not(:has(> figure)) { display: flex; flex-direction: column; flex-wrap: nowrap; gap: 1.1rem; position: sticky; inset-block-start: 1.5rem; align-self: start }
}
@media (max-width: 36em) {
  .cards li, .archive section { grid-template-columns: minmax(0, 1fr) }
  .cards li > :not(time) { grid-column: 1 }
}
@media (max-width: 24em) {
  .facts { grid-template-columns: 6.5rem minmax(0, 1fr) }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #999; --wash: #fff; --accent: #000 }
  html { font-size: 10.5pt }
  .skip, .masthead nav, .colophon nav, .formats, .related, .translations, .by-month, .back { display: none }
  .measure { display: block }
  .facts { position: static; margin-block-end: 1.5rem }
  .facts figure { max-inline-size: 4.5cm }
  h2, h3 { break-after: avoid }
  figure, blockquote, .score, li { break-inside: avoid }
  .answers { max-width: none }
  .answers section :is(p, li) > a[href^=http]::after { content: " (" attr(href) ")"; font-size: .8em; overflow-wrap: anywhere }
}
`);

/** Spaces that only help the reader of this file are left out of every page. */
function minified(css: string): string {
  return css
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/([;{][-a-z]+): /g, '$1:')
    .replaceAll(';}', '}')
    .trim();
}
