import { ConnectContactFlow } from '../catalog/contact-flow.type.js';
import { ConnectQuickConnect } from '../catalog/quick-connect.type.js';
import { ConnectTaskTemplate } from '../catalog/task-template.type.js';
import { ConnectContact, ConnectContactChain } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import type { Known } from '../loading/lazy.js';
import { type Loader, type LoaderKey, type Outcome, whenThere, type MaybePromise } from '../loading/loader.js';
import type { Loaders } from '../loading/loaders.js';

/** Reads what references stand for, and makes an entity of each; null where there is no such thing. */
export type ReadEntities = (
  context: GatewayContext,
  keys: readonly LoaderKey[],
) => MaybePromise<readonly Outcome<object>[]>;

/** A type that other subgraphs can hold references to. */
export interface EntityType {
  readonly Type: new (context: GatewayContext, instanceId: string, id: string) => object;
  /** The read that tells whether there is such a thing, of those that the fields need anyway; undefined where they need none. */
  readFor(fields: ReadonlySet<string>): ReadEntities | undefined;
}

/** What is told of any reference without a read. */
const KEY: readonly string[] = ['__typename', 'instanceId', 'id'];

/** What is told of any chain without a read. */
const CHAIN_LIMITS: readonly string[] = ['linkedTaskLimit', 'attributeBytesLimit'];

/** The types that other subgraphs can hold references to, by their names. */
export const ENTITY_TYPES: Readonly<Record<string, EntityType>> = {
  ConnectContact: {
    Type: ConnectContact,
    readFor(fields) {
      const read = withoutAny(fields, KEY);
      if (read.length === 0) return undefined;
      // These two are read by the contact's id alone: that they are there tells that it is.
      if (read.every((field) => field === 'attributes' || field === 'chain')) {
        return fields.has('attributes')
          ? existing(({ attributes }) => attributes, ConnectContact)
          : existing(({ chains }) => chains, ConnectContact);
      }
      return reading(({ contacts }) => contacts, ConnectContact.of);
    },
  },
  ConnectContactChain: {
    Type: ConnectContactChain,
    readFor(fields) {
      const read = withoutAny(fields, [...KEY, ...CHAIN_LIMITS]);
      if (read.length === 0) return undefined;
      if (read.every((field) => field === 'initialContact'))
        return existing(({ contacts }) => contacts, ConnectContactChain);
      const ofAttributes = ['initialContact', 'sharedAttributes', 'attributeBytes'];
      return read.every((field) => ofAttributes.includes(field))
        ? existing(({ attributes }) => attributes, ConnectContactChain)
        : existing(({ chains }) => chains, ConnectContactChain);
    },
  },
  ConnectContactFlow: configured(ConnectContactFlow, ({ contactFlows }) => contactFlows),
  ConnectQuickConnect: configured(ConnectQuickConnect, ({ quickConnects }) => quickConnects),
  ConnectTaskTemplate: configured(ConnectTaskTemplate, ({ taskTemplates }) => taskTemplates),
};

/** A part of an instance's configuration: one read tells all of it. */
function configured<Thing extends object>(
  Type: new (context: GatewayContext, instanceId: string, id: string, known?: Known<Thing>) => object,
  loaderOf: (loaders: Loaders) => Loader<Thing>,
): EntityType {
  return {
    Type,
    readFor: (fields) =>
      withoutAny(fields, KEY).length === 0
        ? undefined
        : reading(loaderOf, (context, thing, { instanceId, id }) => new Type(context, instanceId, id, thing)),
  };
}

/** An entity that stays a reference: its fields find what this read has brought in the loader. */
function existing<Thing extends object>(
  loaderOf: (loaders: Loaders) => Loader<Thing>,
  Type: EntityType['Type'],
): ReadEntities {
  return reading(loaderOf, (context, _, { instanceId, id }) => new Type(context, instanceId, id));
}

function reading<Thing extends object>(
  loaderOf: (loaders: Loaders) => Loader<Thing>,
  entityOf: (context: GatewayContext, thing: Thing, key: LoaderKey) => object,
): ReadEntities {
  return (context, keys) =>
    whenThere(loaderOf(context.loaders).loadAll(keys), (outcomes) =>
      outcomes.map((outcome, index) =>
        outcome === null || outcome instanceof Error ? outcome : entityOf(context, outcome, keys[index] as LoaderKey),
      ),
    );
}

function withoutAny(fields: ReadonlySet<string>, others: readonly string[]): readonly string[] {
  return [...fields].filter((field) => !others.includes(field));
}
