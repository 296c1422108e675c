import type { PageRequest } from './call.js';

/** A user, for example an agent, as ListUsers and DescribeUser return it. */
export interface User {
  readonly instanceId: string;
  readonly id: string;
  readonly arn: string;
  readonly username: string;
}

/** A request of ListUsers. maxResults: 1 to 1000. Default: 100. */
export interface ListUsersRequest extends PageRequest {
  readonly instanceId: string;
}

/** A request that reads users. */
export interface UsersRequest {
  readonly instanceId: string;
  readonly userIds: readonly string[];
}
