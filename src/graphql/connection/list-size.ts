/** How routers and cost rules size a list: a directive of its field. */
export const LIST_SIZE = '@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])';
