// Expressions and what they give by DMN 1.5, chapter 10: the first half of the engine's own conformance set.

/** By family: an expression, and its value as `string(value)` writes it inside a list. */
export const expected: Readonly<Record<string, string>> = {
  strings: `
{a: 1} instance of context<a: string> ==> false
(function(a: number) a) instance of function<string>->number ==> false
string length("🐎ab") ==> 3
substring("🐎ab", 2) ==> "ab"
substring("foobar", 3) ==> "obar"
substring("foobar", 3, 3) ==> "oba"
substring("foobar", -2, 1) ==> "a"
substring("foobar", 0) ==> null
substring("foobar", 10) ==> null
substring("foobar", -10) ==> null
substring("foobar", 3, 0) ==> null
substring("foobar", 3.8) ==> "obar"
substring("\\U01F40Eab", 2) ==> "ab"
substring("\\uD83D\\uDC0Eab", 2) ==> "ab"
"\\u0041" ==> "A"
"\\U000041" ==> "A"
"🐎" = "\\U01F40E" ==> true
split("a;b;c;;", ";") ==> ["a", "b", "c", "", ""]
split("John Doe", "\\s") ==> ["John", "Doe"]
string join(["a","b",null], "-") ==> "a-b"
string join(["a"], null) ==> "a"
string(1.10) ==> "1.1"
string(null) ==> null
string([1,"a",null]) ==> "[1, \\"a\\", null]"
string({a: "b"}) ==> "{a: \\"b\\"}"
string(@"P1Y13M") ==> "P2Y1M"
string(@"PT36H") ==> "P1DT12H"
string(@"-PT0.5S") ==> "-PT0.5S"
string(@"P0M") ==> "P0M"
string(1e10) ==> "10000000000"
string(1.5e-7) ==> "0.00000015"
string([1..3)) ==> "[1..3)"
string(true) ==> "true"
string(@"2018-12-10T10:30:00@Europe/Paris") ==> "2018-12-10T10:30:00@Europe/Paris"
"a" + 1 ==> null
"a" - "b" ==> null
matches("helloworld", "hello world", "x") ==> true
matches("helloworld", "hello[ ]world", "x") ==> false
matches("hello world", "hello\\ sworld", "x") ==> true
matches("abc", "[") ==> null
matches("h", "(.)\\3") ==> null
matches("abcd", "(asd)[\\1]") ==> null
matches("input", "pattern", " ") ==> null
matches("input", "pattern", "X") ==> null
matches("foobar", "^fo*b") ==> true
matches("aa", "(a)\\1") ==> true
matches("abcabc", "^(a)(b)(c)\\1\\2\\3$") ==> true
matches("bcd", "[a-z-[aeiou]]+$") ==> true
matches("aei", "^[a-z-[aeiou]]+$") ==> false
matches("a\\nb", "a.b") ==> false
matches("a\\nb", "a.b", "s") ==> true
matches("a\\nb", "^b$", "m") ==> true
matches("ABC", "abc", "i") ==> true
matches("a.b", "a.b", "q") ==> true
matches("axb", "a.b", "q") ==> false
matches("a", "\\p{IsBasicLatin}") ==> true
matches("é", "\\p{L}") ==> true
matches("a1", "\\i\\c") ==> true
matches(null, "a") ==> null
matches("a", null) ==> null
matches("a", "a", null) ==> true
replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") ==> "[1=ab][2=]cd"
replace("abracadabra", "bra", "*") ==> "a*cada*"
replace("abracadabra", "a(.)", "a$1$1") ==> "abbraccaddabbra"
replace("darted", "^(.*?)d(.*)$", "$1c$2") ==> "carted"
replace("a", ".*?", "x") ==> null
replace("abc", "b", "$") ==> null
replace("abc", "b", "\\\\$") ==> "a$c"
contains("foobar", "of") ==> false
"abc"[1] ==> "abc"
"abc"[2] ==> null
"a" < "b" ==> true
lower case("ABC") ==> "abc"
substring before("foobar", "bar") ==> "foo"
substring before("foobar", "xyz") ==> ""
substring after("foobar", "ob") ==> "ar"
substring after("foobar", "") ==> "foobar"
starts with("foobar", "fo") ==> true
string length("") ==> 0
string length(null) ==> null
upper case(null) ==> null
contains(string: "foobar", match: "oo") ==> true
contains(match: "oo", string: "foobar") ==> true
contains(x: "foobar", match: "oo") ==> null
string(date and time("2012-12-24T10:00:00.500Z")) ==> "2012-12-24T10:00:00.5Z"
string(-0.5) ==> "-0.5"
string(100000000000000000000) ==> "100000000000000000000"
"a" + "b" ==> "ab"
"a" = null ==> false
"b" in ["a".."c"] ==> true
split("abc", "") ==> ["a", "b", "c"]
split("", ",") ==> [""]
split(string: "a,b", delimiter: ",") ==> ["a", "b"]
string join([], "-") ==> ""
string join(["a", 1]) ==> null
string join("a") ==> "a"
string join(["a","b"]) ==> "ab"
upper case("aBc4") ==> "ABC4"
contains("foobar", "") ==> true
starts with("foobar", "") ==> true
ends with("foobar", "r") ==> true
ends with(null, "r") ==> null
substring after("foobar", "xyz") ==> ""
substring before("foobar", "o") ==> "f"
replace("abc", "B", "x", "i") ==> "axc"
replace("hello", "l", "L") ==> "heLLo"
replace("abc", "b", null) ==> null
replace(input: "abc", pattern: "b", replacement: "x") ==> "axc"
matches(input: "abc", pattern: "b") ==> true
matches("foobar", "Fo+", "i") ==> true
{f: function(a: string) a}.f(1) ==> null
"\\t" = "	" ==> true
"\\\\" ==> "\\\\"
"\\"" ==> "\\""
"\\u1F40E" ==> "ὀE"
string length("\\uD83D\\uDC0E") ==> 1
1 instance of string ==> false
"a" instance of string ==> true
[1,2] instance of list<string> ==> false
{a: "x"} instance of context<a: string, b: number> ==> false
[1..2] instance of range<string> ==> false
string([1..3]) ==> "[1..3]"
string(@"P1D") ==> "P1D"
string("a\\"b") ==> "a\\"b"
string(["a"]) ==> "[\\"a\\"]"
string({a: {b: 1}}) ==> "{a: {b: 1}}"
lower case(null) ==> null
matches("abc", "") ==> true
matches("fööbar", "^f.*r$") ==> true
matches("a\\\\b", "\\\\\\\\") ==> true
matches("x", "a|") ==> true
matches("x", "(") ==> null
matches("x", "*") ==> null
matches("x", "[]") ==> null
matches("x", "(?=x)") ==> null
matches("x", "\\b") ==> null
matches("x", "x{2,1}") ==> null
matches("aaa", "^a{2,}$") ==> true
matches("12", "^\\d+$") ==> true
matches("áb", "^\\w+$") ==> true
matches("-", "[a-]") ==> true
matches("]", "[\\]]") ==> true
matches("abab", "^(ab)\\1$") ==> true
matches("AbaB", "^(ab)\\1$", "i") ==> true
replace("aabb", "(.)\\1", "<$1>") ==> "<a><b>"
split("a1b22c", "\\d+") ==> ["a", "b", "c"]
"a" = "a" and 1 in [1] and 2 in [2] ==> true
`,
  numbers: `
abs(-10) ==> 10
abs(n: -1) ==> 1
abs("x") ==> null
abs(null) ==> null
modulo(10.1, 4.5) ==> 1.1
modulo(-10.1, 4.5) ==> 3.4
modulo(10.1, -4.5) ==> -3.4
modulo(10,0) ==> null
number("1 000,0", " ", ",") ==> 1000
number("1,000.0", ",", ".") ==> 1000
number("1") ==> 1
number("1", ",") ==> null
number("1.1.1", ".", ",") ==> 111
number("1,1", null, ",") ==> 1.1
number("a", null, null) ==> null
number(from: "1,000.5", grouping separator: ",", decimal separator: ".") ==> 1000.5
number("1 000", " ", " ") ==> null
number("-1.5e3") ==> -1500
2 ** 3 ** 2 ==> 64
-2 ** 2 ==> 4
-(2) ** 2 ==> 4
2 ** -1 ==> 0.5
3 ** 0.5 ==> 1.732050807568877293527446341505872
1 = "1" ==> null
round up(5.5) ==> 6
round up(5.5, 0) ==> 6
round up(-5.5, 0) ==> -6
round half up(1.125, 2) ==> 1.13
round half down(1.125, 2) ==> 1.12
round down(-2.5, 0) ==> -2
round up(1.121, 2) ==> 1.13
decimal(1/3, 2) ==> 0.33
decimal(2.5, 0) ==> 2
floor(-1.5) ==> -2
floor(-1.56, 1) ==> -1.6
ceiling(-1.5) ==> -1
sqrt(-1) ==> null
log(0) ==> null
exp(1) ==> 2.718281828459045235360287471352662
1 / 0 ==> null
-"a" ==> null
if null then 1 else 2 ==> 2
(function(x: number) x)("a") ==> null
(function(x) x)(1, 2) ==> null
(function(x, y) x)(y: 1, x: 2) ==> 2
(function(x, y) x)(z: 1, x: 2) ==> null
1 < "a" ==> null
0.1 + 0.2 = 0.3 ==> true
1.0 = 1.00 ==> true
1e3 ==> 1000
.5 + .5 ==> 1
1 + /* comment */ 2 ==> 3
1 + 2 // end ==> 3
even(5.5) ==> false
odd(3) ==> true
even(null) ==> null
1/3 ==> 0.3333333333333333333333333333333333
10 ** 40 ==> 10000000000000000000000000000000000000000
9999999999999999999999999999999999 + 1 ==> 10000000000000000000000000000000000
1e6144 * 10 ==> null
(1/3) * 3 ==> 0.9999999999999999999999999999999999
(> 5) ==> (5..)
(> 5).end ==> null
reverse(null) ==> null
index of(null, 2) ==> null
if 1 then 1 else 2 ==> null
(function(a, b) a + b)(1, 2) ==> 3
(function() 1)() ==> 1
abs(1, 2) ==> null
abs(number: 1) ==> null
foo(1) ==> null
decimal(1.115, 2) ==> 1.12
decimal(0.505, 2) ==> 0.5
decimal(1, -1) ==> 0
floor(1.5) ==> 1
floor(null) ==> null
ceiling(1.5, 1) ==> 1.5
sqrt(16) ==> 4
log(10) ==> 2.302585092994045684017991454684364
exp(5) ==> 148.4131591025766034211155800405523
modulo(-5, 3) ==> 1
odd(0) ==> false
even(-2) ==> true
number("1.5") ==> 1.5
number(null) ==> null
number("") ==> null
number("1e3") ==> 1000
number(from: "1") ==> 1
number("1.000.000,50", ".", ",") ==> 1000000.5
number(" 1") ==> null
(1 + 2) * 3 ==> 9
2 - 1 - 1 ==> 0
2 * 3 ** 2 ==> 18
10 / 2 / 5 ==> 1
1 < 2 and 2 < 3 ==> true
- 5 + 3 ==> -2
--5 ==> 5
- 5 ==> -5
1 - - 5 ==> 6
(- 5) ==> -5
-(5) ==> -5
- (5) ==> -5
3 * - 5 ==> -15
abs(- 5) ==> 5
1 -5 ==> -4
1 - 5 ==> -4
1-5 ==> -4
`,
  lists: `
all([]) ==> true
any([]) ==> false
all(null) ==> null
all() ==> null
[1] = 1 ==> null
[1,2] = [1,2] ==> true
[1,2] = [2,1] ==> false
[1..10] = [1..10] ==> true
[1..10] = (1..10] ==> false
list replace([2,4,7,8], 3, 6) ==> [2, 4, 6, 8]
list replace([2,4,7,8], -3, 6) ==> [2, 6, 7, 8]
list replace([2,4,7,8], function(item, newItem) item < newItem, 5) ==> [5, 5, 7, 8]
list replace(list: [2,4], match: function(item, newItem) item < newItem, newItem: 3) ==> [3, 4]
list replace([1], 2, 5) ==> null
list replace([1], 0, 5) ==> null
list replace(1, 1, 5) ==> [5]
sublist([1,2,3], 1, 0) ==> null
sublist([1,2,3], -1) ==> [3]
sublist([1,2,3], 2, 2) ==> [2, 3]
sublist([1,2,3], 4) ==> null
remove([1,2,3], 2) ==> [1, 3]
remove([1,2,3], -1) ==> [1, 2]
remove([1,2,3], 0) ==> null
index of([1,2,null], null) ==> [3]
list contains([1,null], null) ==> true
concatenate([1],[2,3]) ==> [1, 2, 3]
append([1], 2, 3) ==> [1, 2, 3]
append(1, 2) ==> [1, 2]
append([1], null) ==> [1, null]
union([1,2],[2,3]) ==> [1, 2, 3]
union([1,null],[null,3]) ==> [1, null, 3]
distinct values([1,2,3,2,1,null,null]) ==> [1, 2, 3, null]
flatten([[1,2],[[3]], 4]) ==> [1, 2, 3, 4]
sort([3,1,4], function(x,y) x < y) ==> [1, 3, 4]
sort(list: [3,1,4], precedes: function(x,y) x > y) ==> [4, 3, 1]
min([]) ==> null
min(null) ==> null
min("a", "b") ==> "a"
sum([]) ==> null
sum(1,2,3) ==> 6
sum(null) ==> null
mean(1,2,6) ==> 3
median([6,1,2,3]) ==> 2.5
median([]) ==> null
mode([]) ==> []
mode([6, 3, 9, 6, 6]) ==> [6]
stddev([47]) ==> null
product([2,3,4]) ==> 24
product([]) ==> null
count([]) ==> 0
count(null) ==> null
count(1) ==> 1
[1,2,3][-1] ==> 3
[1,2,3][4] ==> null
[1,2,3][null] ==> []
null[1] ==> null
[1,2,3][item >= 2] ==> [2, 3]
[1..null] ==> null
(function(x: number) x)([1]) ==> 1
(function(x: list<number>) x)(1) ==> [1]
[1,2,3] = [1,2] ==> false
[1..3] = [1..3) ==> false
[1..3].end included ==> true
[[1,2],[3]][1][2] ==> 2
[1,2,3][item > 1][1] ==> 2
[1,2,3,4][even(item)] ==> [2, 4]
[1,2,3][-3] ==> 1
[1,2,3][0] ==> null
[1,2,3][-4] ==> null
[null][1] ==> null
[][1] ==> null
count([1, null]) ==> 2
min([1, null]) ==> null
sum([1, null]) ==> null
mean([1, "a"]) ==> null
median([1, null]) ==> null
max(1, 2, 3) ==> 3
max(["a","b"]) ==> "b"
list contains([[1]], [1]) ==> true
list contains(null, 1) ==> null
concatenate([1], null) ==> null
concatenate(1, [2]) ==> [1, 2]
append(null, 1) ==> null
reverse([1,2,3]) ==> [3, 2, 1]
index of([1,2,2], 2) ==> [2, 3]
distinct values([]) ==> []
flatten([]) ==> []
flatten(null) ==> null
sort([], function(x,y) x<y) ==> []
sublist([1,2,3], -2, 1) ==> [2]
sublist([1,2,3], 0) ==> null
met by([5..10], [1..5]) ==> true
stddev([2,4,7,5]) ==> 2.081665999466132735282297706979931
mode([1,1,2,2]) ==> [1, 2]
mode([1, null]) ==> null
product([2, null]) ==> null
list replace([1,2,3], function(item, newItem) null, 4) ==> null
union([[1]], [[1]]) ==> [[1]]
union() ==> null
remove([1,2,3], 4) ==> null
any("a") ==> null
[- 5] ==> [-5]
- count([1]) ==> -1
`,
}
