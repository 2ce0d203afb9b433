/** @jsxImportSource react */
import { Box } from '@sanity/ui';
import type { DefaultDocumentNodeResolver, UserViewComponent } from 'sanity/structure';
import { ReceiptView } from '../receipt/receipt-view.tsx';
import { JsonView } from './json-view.tsx';
import { PageView } from './page-view.tsx';
import { PlanView } from './plan-view.tsx';

/** The tabs beside a document's form. */
export const defaultDocumentNode: DefaultDocumentNodeResolver = (S, { schemaType }) => {
  const form = S.view.form();
  const page = S.view.component(views.page).id('page').title('Page');
  const json = S.view.component(views.json).id('json').title('JSON');
  const plan = S.view.component(views.plan).id('plan').title('Plan');
  const receipt = S.view.component(views.receipt).id('receipt').title('Receipt');
  if (schemaType === 'redirect') return S.document().views([form]);
  // What has no page of its own is shown by pages that have one.
  return hasPage.has(schemaType)
    ? S.document().views([form, page, json, plan, receipt])
    : S.document().views([form, plan, receipt]);
};

const hasPage: ReadonlySet<string> = new Set(['briefing', 'person']);

/** Made once: another component with each rendering would begin each tab anew. */
const views = {
  page: named('view-page', PageView),
  json: named('view-json', JsonView),
  plan: named('view-plan', PlanView),
  receipt: named('view-receipt', ReceiptView),
};

/** A tab that tests and style can find; Sanity's own panel around it has no name. */
function named(name: string, View: UserViewComponent): UserViewComponent {
  return (props) => (
    <Box data-testid={name} height="fill">
      <View {...props} />
    </Box>
  );
}
