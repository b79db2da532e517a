// The built-in functions that an expression may call. Left out: the clock and regular expressions (see compile.ts).

export const clockFunctions: ReadonlySet<string> = new Set(["today", "now"])
export const regularExpressionFunctions: ReadonlySet<string> = new Set(["matches", "replace", "split"])

export const functions: ReadonlySet<string> = new Set(
  `not|substring|string length|upper case|lower case|substring before|substring after|contains|starts with|ends with
string join|list contains|list replace|count|min|max|sum|mean|all|any|sublist|append|concatenate|insert before|remove|reverse|index of
union|distinct values|flatten|product|median|stddev|mode|decimal|floor|ceiling|abs|round up|round down|round half up|round half down
modulo|sqrt|log|exp|odd|even|is|before|after|meets|met by|overlaps|overlaps before|overlaps after|finishes|finished by|includes|during
starts|started by|coincides|day of year|day of week|month of year|week of year|get value|get entries|context|context merge|context put
number|string|date|time|date and time|duration|years and months duration`
    .split(/[|\n]/)
    .map((name) => name.trim()),
)
