/** What the peers and the stub of Amazon Connect hold: the same chain that the embedded engine is given. */
export const INSTANCE_ID = '10000000-0000-4000-8000-000000000001';
export const CONTACT_FLOW_ID = '20000000-0000-4000-8000-000000000001';

const idOf = (nth) => `60000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

/** A root and its links, each the previous contact of the next. */
export const CHAIN = Array.from({ length: 12 }, (_, nth) => ({
  id: idOf(nth),
  name: `Task ${nth}`,
  previousContactId: nth === 0 ? undefined : idOf(nth - 1),
}));

/** What the chain shares. */
export const CHAIN_ATTRIBUTES = { customerId: 'C-1001', tier: 'gold', language: 'en' };

/** A creation as a frontend sends it: three attributes and a reference. */
export const CREATION = {
  name: 'Call back',
  description: 'The customer asked for a call',
  contactFlowId: CONTACT_FLOW_ID,
  attributes: Object.entries(CHAIN_ATTRIBUTES).map(([key, value]) => ({ key, value })),
  references: [{ name: 'Order', type: 'URL', value: 'https://example.com/orders/1001' }],
};
