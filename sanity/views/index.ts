import type { DefaultDocumentNodeResolver } from 'sanity/structure';
import { ReceiptView } from '../receipt/receipt-view.tsx';
import { JsonView } from './json-view.tsx';
import { PageView } from './page-view.tsx';
import { PlanView } from './plan-view.tsx';

/** The tabs beside a document's form. */
export const defaultDocumentNode: DefaultDocumentNodeResolver = (S, { schemaType }) => {
  const form = S.view.form();
  const page = S.view.component(PageView).id('page').title('Page');
  const json = S.view.component(JsonView).id('json').title('JSON');
  const plan = S.view.component(PlanView).id('plan').title('Plan');
  const receipt = S.view.component(ReceiptView).id('receipt').title('Receipt');
  if (schemaType === 'redirect') return S.document().views([form]);
  // What has no page of its own is shown by pages that have one.
  return hasPage.has(schemaType)
    ? S.document().views([form, page, json, plan, receipt])
    : S.document().views([form, plan, receipt]);
};

const hasPage: ReadonlySet<string> = new Set(['briefing', 'person']);
