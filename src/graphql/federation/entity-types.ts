import { ConnectContactFlow } from '../catalog/contact-flow.type.js';
import { ConnectQuickConnect } from '../catalog/quick-connect.type.js';
import { ConnectTaskTemplate } from '../catalog/task-template.type.js';
import { ConnectContact } from '../contact/contact.type.js';
import { ConnectContactChain } from '../contact/contact-chain.type.js';
import type { Known } from '../loading/lazy.js';
import { type Loader, type LoaderKey, type Outcome, whenThere, type MaybePromise } from '../loading/loader.js';
import type { Loaders } from '../loading/loaders.js';

/** Reads what references stand for, and makes an entity of each; null where there is no such thing. */
export type ReadEntities = (loaders: Loaders, keys: readonly LoaderKey[]) => MaybePromise<readonly Outcome<object>[]>;

/** A type that other subgraphs can hold references to. */
export interface EntityType {
  /** The entity of which the key alone is known. */
  refer(key: LoaderKey): object;
  /** The read that tells whether there is such a thing, of those that the fields need anyway; undefined where they need none. */
  readFor(fields: ReadonlySet<string>): ReadEntities | undefined;
}

/** What is told of any reference without a read. */
const KEY: readonly string[] = ['__typename', 'instanceId', 'id'];

/** What is told of any chain without a read. */
const CHAIN_LIMITS: readonly string[] = ['linkedTaskLimit', 'attributeBytesLimit'];

const contactOf = ({ instanceId, id }: LoaderKey) => new ConnectContact(instanceId, id);
const chainOf = ({ instanceId, id }: LoaderKey) => new ConnectContactChain(instanceId, id);

/** The types that other subgraphs can hold references to, by their names. */
export const ENTITY_TYPES: Readonly<Record<string, EntityType>> = {
  ConnectContact: {
    refer: contactOf,
    readFor(fields) {
      const read = withoutAny(fields, KEY);
      if (read.length === 0) return undefined;
      // These two are read by the contact's id alone: that they are there tells that it is.
      if (read.every((field) => field === 'attributes' || field === 'chain')) {
        return fields.has('attributes')
          ? existing(({ attributes }) => attributes, contactOf)
          : existing(({ chains }) => chains, contactOf);
      }
      return reading(({ contacts }) => contacts, ConnectContact.of);
    },
  },
  ConnectContactChain: {
    refer: chainOf,
    readFor(fields) {
      const read = withoutAny(fields, [...KEY, ...CHAIN_LIMITS]);
      if (read.length === 0) return undefined;
      if (read.every((field) => field === 'initialContact')) return existing(({ contacts }) => contacts, chainOf);
      const ofAttributes = ['initialContact', 'sharedAttributes', 'attributeBytes'];
      return read.every((field) => ofAttributes.includes(field))
        ? existing(({ attributes }) => attributes, chainOf)
        : existing(({ chains }) => chains, chainOf);
    },
  },
  ConnectContactFlow: configured(ConnectContactFlow, ({ contactFlows }) => contactFlows),
  ConnectQuickConnect: configured(ConnectQuickConnect, ({ quickConnects }) => quickConnects),
  ConnectTaskTemplate: configured(ConnectTaskTemplate, ({ taskTemplates }) => taskTemplates),
};

/** A part of an instance's configuration: one read tells all of it. */
function configured<Thing extends object>(
  Type: new (instanceId: string, id: string, known?: Known<Thing>) => object,
  loaderOf: (loaders: Loaders) => Loader<Thing>,
): EntityType {
  return {
    refer: ({ instanceId, id }) => new Type(instanceId, id),
    readFor: (fields) =>
      withoutAny(fields, KEY).length === 0
        ? undefined
        : reading(loaderOf, (thing, { instanceId, id }) => new Type(instanceId, id, thing)),
  };
}

/** An entity that stays a reference: its fields find what this read has brought in the loader. */
function existing<Thing extends object>(
  loaderOf: (loaders: Loaders) => Loader<Thing>,
  refer: (key: LoaderKey) => object,
): ReadEntities {
  return reading(loaderOf, (_, key) => refer(key));
}

function reading<Thing extends object>(
  loaderOf: (loaders: Loaders) => Loader<Thing>,
  entityOf: (thing: Thing, key: LoaderKey) => object,
): ReadEntities {
  return (loaders, keys) =>
    whenThere(loaderOf(loaders).loadAll(keys), (outcomes) =>
      outcomes.map((outcome, index) =>
        outcome === null || outcome instanceof Error ? outcome : entityOf(outcome, keys[index] as LoaderKey),
      ),
    );
}

function withoutAny(fields: ReadonlySet<string>, others: readonly string[]): readonly string[] {
  return [...fields].filter((field) => !others.includes(field));
}
