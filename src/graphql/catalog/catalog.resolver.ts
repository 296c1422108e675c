import { Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { Page, PageRequest } from '../../connect/call.js';
import { PAGE_SIZES } from '../../connect/limits.js';
import { ConnectionArgs, LIST_SIZE } from '../connection/connection.args.js';
import { type Connection, readConnection } from '../connection/read-connection.js';
import type { GatewayContext } from '../context.js';
import { servedInstance } from '../instances.js';
import { Reads } from '../loading/reads.js';
import { ConnectContactFlow, ConnectContactFlowConnection } from './contact-flow.type.js';
import { ConnectQueue, ConnectQueueConnection } from './queue.type.js';
import { ConnectQuickConnect, ConnectQuickConnectConnection } from './quick-connect.type.js';
import { ConnectTaskTemplate, ConnectTaskTemplateConnection, TaskTemplateArgs } from './task-template.type.js';
import { ConnectUser, ConnectUserConnection } from './user.type.js';

/** Resolves the lists and templates of a form. */
@Resolver()
export class CatalogResolver {
  @Query(() => ConnectContactFlowConnection, { description: "The instance's contact flows, by name." })
  @Directive(LIST_SIZE)
  @Reads('ListContactFlows')
  connectContactFlows(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectContactFlowConnection> {
    return listed(
      'flows',
      args,
      context,
      PAGE_SIZES.listContactFlows.max,
      (instanceId, page) => context.connect.listContactFlows({ instanceId, ...page }, context.call),
      (item) => new ConnectContactFlow(context, item.instanceId, item.id, item),
    );
  }

  @Query(() => ConnectQuickConnectConnection, { description: "The instance's quick connects, by name." })
  @Directive(LIST_SIZE)
  @Reads('ListQuickConnects')
  connectQuickConnects(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectQuickConnectConnection> {
    return listed(
      'quick connects',
      args,
      context,
      PAGE_SIZES.listQuickConnects.max,
      (instanceId, page) => context.connect.listQuickConnects({ instanceId, ...page }, context.call),
      (item) => new ConnectQuickConnect(context, item.instanceId, item.id, item),
    );
  }

  @Query(() => ConnectTaskTemplateConnection, { description: "The instance's task templates, by name." })
  @Directive(LIST_SIZE)
  @Reads('ListTaskTemplates')
  connectTaskTemplates(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectTaskTemplateConnection> {
    return listed(
      'templates',
      args,
      context,
      PAGE_SIZES.listTaskTemplates.max,
      (instanceId, page) => context.connect.listTaskTemplates({ instanceId, ...page }, context.call),
      (item) => new ConnectTaskTemplate(context, item.instanceId, item.id, item),
    );
  }

  @Query(() => ConnectQueueConnection, { description: "The instance's queues, by name." })
  @Directive(LIST_SIZE)
  @Reads('ListQueues')
  connectQueues(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectQueueConnection> {
    return listed(
      'queues',
      args,
      context,
      PAGE_SIZES.listQueues.max,
      (instanceId, page) => context.connect.listQueues({ instanceId, ...page }, context.call),
      (item) => new ConnectQueue(context, item.instanceId, item.id, item),
    );
  }

  @Query(() => ConnectUserConnection, { description: "The instance's users, by username." })
  @Directive(LIST_SIZE)
  @Reads('ListUsers')
  connectUsers(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectUserConnection> {
    return listed(
      'users',
      args,
      context,
      PAGE_SIZES.listUsers.max,
      (instanceId, page) => context.connect.listUsers({ instanceId, ...page }, context.call),
      (item) => new ConnectUser(context, item.instanceId, item.id, item),
    );
  }

  @Query(() => ConnectTaskTemplate, {
    nullable: true,
    description: 'A task template by its id. Null if it does not exist.',
  })
  @Reads('GetTaskTemplate')
  async connectTaskTemplate(
    @Args(() => TaskTemplateArgs) { id, instanceId }: TaskTemplateArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectTaskTemplate | null> {
    const instance = servedInstance(context, instanceId);
    const template = await context.loaders.taskTemplates.load({ instanceId: instance, id });
    return template && new ConnectTaskTemplate(context, template.instanceId, template.id, template);
  }
}

function listed<Item, Node>(
  kind: string,
  args: ConnectionArgs,
  context: GatewayContext,
  most: number,
  list: (instanceId: string, page: PageRequest) => Promise<Page<Item>>,
  toNode: (item: Item) => Node,
): Promise<Connection<Node>> {
  const instanceId = servedInstance(context, args.instanceId);
  return readConnection([kind, instanceId], args, most, (page) => list(instanceId, page), toNode);
}
