import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every element of a document, in order of its start, as a strict parser reads it. Throws at the first fault. */
export function readXml(body: string): readonly XmlElement[] {
  const elements: { name: string; attributes: Readonly<Record<string, string>>; text: string }[] =
    [];
  const open: { text: string }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(body).close();
  return elements;
}
