/*
 * Segment attributes of a task (administrator guide, segment attributes): the API keeps them in a map that the port does
 * not have.
 */

/** A map with the task's expiry. */
export const CONTACT_EXPIRY = 'connect:ContactExpiry';

/** The ARN of the user who created the task. */
export const CREATED_BY_USER = 'connect:CreatedByUser';

/** How the task is assigned at its creation. */
export const ASSIGNMENT_TYPE = 'connect:AssignmentType';
