import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The fragments of a document, by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
}

/** How large an operation is, with its fragments spread out. */
export interface DocumentSize {
  /** Fields within fields. What introspection nests does not count: graphql-js bounds it by a rule of its own. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
}

const NOTHING: DocumentSize = { depth: 0, aliases: 0, directives: 0 };

/**
 * Measures a document: of each figure, that of the operation which has most. It has only been parsed: fragments may be
 * missing, or spread themselves, which counts as nothing here and is refused by validation.
 */
export function measureDocument(document: DocumentNode): DocumentSize {
  const measure = createMeasure(document);
  return document.definitions.map(measure.definition).reduce(greater, NOTHING);
}

/** Measures what a field selects, within its document. */
export function measureSelections(document: DocumentNode, selectionSet: SelectionSetNode | undefined): DocumentSize {
  return createMeasure(document).selections(selectionSet);
}

function createMeasure(document: DocumentNode) {
  const fragments = fragmentsOf(document);
  /** Each fragment is measured once: spread out, a few lines of them can be billions. */
  const measured = new Map<string, DocumentSize>();

  function definition(node: DefinitionNode): DocumentSize {
    if (node.kind !== Kind.OPERATION_DEFINITION) return NOTHING;
    const ofVariables = node.variableDefinitions?.reduce((sum, each) => sum + (each.directives?.length ?? 0), 0) ?? 0;
    return plus(selections(node.selectionSet), {
      ...NOTHING,
      directives: (node.directives?.length ?? 0) + ofVariables,
    });
  }

  function selections(set: SelectionSetNode | undefined): DocumentSize {
    return set?.selections.map(selection).reduce(plus, NOTHING) ?? NOTHING;
  }

  function selection(node: SelectionNode): DocumentSize {
    const directives = node.directives?.length ?? 0;
    switch (node.kind) {
      case Kind.FIELD: {
        const inner = selections(node.selectionSet);
        return {
          depth: isIntrospection(node.name.value) ? 1 : inner.depth + 1,
          aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
          directives: inner.directives + directives,
        };
      }
      case Kind.INLINE_FRAGMENT:
        return plus(selections(node.selectionSet), { ...NOTHING, directives });
      case Kind.FRAGMENT_SPREAD:
        return plus(fragment(node.name.value), { ...NOTHING, directives });
    }
  }

  function fragment(name: string): DocumentSize {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, NOTHING);
    const node = fragments.get(name);
    const directives = node?.directives?.length ?? 0;
    const size = plus(selections(node?.selectionSet), { ...NOTHING, directives });
    measured.set(name, size);
    return size;
  }

  return { definition, selections };
}

/** Fields beside each other: the deeper one's depth, and the counts of both. */
function plus(a: DocumentSize, b: DocumentSize): DocumentSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
  };
}

function greater(a: DocumentSize, b: DocumentSize): DocumentSize {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
  };
}

/** Whether a field tells of the schema itself. */
export function isIntrospection(fieldName: string): boolean {
  return fieldName === '__schema' || fieldName === '__type';
}
