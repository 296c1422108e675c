/*
 * Names of a task's segment attributes (administrator guide, segment attributes). The API keeps them in a map; the port
 * has a member for each.
 */

/** The prefix of the keys of system-defined attributes. A key of another prefix is user-defined. */
export const SYSTEM_DEFINED = 'connect:';

/** The attribute with the task's expiry. Its value is a map. */
export const CONTACT_EXPIRY = 'connect:ContactExpiry';

/** The attribute with the ARN of the user who created the task. */
export const CREATED_BY_USER = 'connect:CreatedByUser';

/** The attribute that says how the task is assigned at its creation. */
export const ASSIGNMENT_TYPE = 'connect:AssignmentType';

/** The members of the port that the API keeps in a segment attribute. */
export const MEMBER_OF_SEGMENT: ReadonlyMap<string, string> = new Map([
  [CONTACT_EXPIRY, 'expiryMinutes'],
  [CREATED_BY_USER, 'createdByUserId'],
  [ASSIGNMENT_TYPE, 'assignmentType'],
]);
