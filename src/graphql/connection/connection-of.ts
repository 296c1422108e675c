import { type ClassType, Field, ObjectType } from 'type-graphql';
import { PageInfo } from './page-info.type.js';
import type { Connection } from './read-connection.js';

/** Names of a list's items. */
export interface ItemNames {
  readonly one: string;
  readonly many: string;
}

/**
 * Creates the classes of a connection and of its edges, named after the node's class. In Relay they differ by their nodes
 * only.
 *
 * @example
 * \@ObjectType({ description: "A page of an instance's flows, by name." })
 * class ConnectContactFlowConnection extends connectionOf(ConnectContactFlow, { one: 'flow', many: 'flows' }) {}
 */
export function connectionOf<Node extends object>(NodeType: ClassType<Node>, { one, many }: ItemNames) {
  @ObjectType(`${NodeType.name}Edge`, { description: `A ${one} in a list.` })
  class Edge {
    @Field(() => String, { description: 'The position in the list, for the argument after.' })
    cursor!: string;

    @Field(() => NodeType, { description: `The ${one}.` })
    node!: Node;
  }

  @ObjectType()
  class Page implements Connection<Node> {
    @Field(() => [Edge], { description: `The ${many} with their cursors.` })
    edges!: readonly Edge[];

    @Field(() => [NodeType], { description: `The ${many}.` })
    nodes!: readonly Node[];

    @Field(() => PageInfo, { description: 'Whether there are more pages, and the cursors of this one.' })
    pageInfo!: PageInfo;
  }
  return Page;
}
