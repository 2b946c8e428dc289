using FsCheck;
using FsCheck.Fluent;

namespace SessionFunctions.Testing.Model;

/// <summary>A random sequence of operations, and the shorter ones to try where it fails.</summary>
public sealed class Script
{
    /// <summary>How far back a sequence reaches for a session: enough to meet some that have ended.</summary>
    public const int Sessions = 12;

    private const int Readable = 100;

    private static readonly Create First = new(Persistent: false, null, null, 0);

    private Script(Operation[] operations) => Operations = operations;

    public IReadOnlyList<Operation> Operations { get; }

    private static Gen<Who> Anyone =>
        from session in Gen.Choose(0, Sessions - 1)
        from token in Gen.Frequency((20, Gen.Constant(0)), (5, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(Who.Stranger)))
        select new Who(session, token);

    private static Gen<IfMatch> Condition =>
        Gen.Frequency((6, Gen.Constant(IfMatch.Any)), (2, Gen.Constant(IfMatch.Current)), (1, Gen.Constant(IfMatch.Older)));

    private static Gen<string> Name => Gen.Elements("a", "b", "c", "d");

    private static Gen<string> Value =>
        Gen.Frequency(
            (4, from number in Gen.Choose(-1000, 1000) select $"{number}"),
            (2, from length in Gen.Choose(0, 150) select $"\"{new string('v', length)}\""),
            (1, Gen.Elements("true", "[1,null]", "{}")));

    private static Gen<Operation> AnyOperation =>
        Gen.Frequency<Operation>(
            (8, Creates),
            (18, from who in Anyone from slide in Gen.Elements(true, true, false) select (Operation)new Read(who, slide)),
            (20, Patches),
            (3, Replaces),
            (8, Anyone.Select(who => (Operation)new Touch(who))),
            (10, Anyone.Select(who => (Operation)new Rotate(who))),
            (2, Anyone.Select(who => (Operation)new LogOut(who))),
            (12, Times.Select(time => (Operation)new Pass(time))),
            (2, from who in Gen.Choose(0, Sessions - 1) from offset in Gen.Choose(-1, 1) select (Operation)new PassToExpiry(who, offset)),
            (3, Gen.Constant((Operation)new CleanUp())));

    private static Gen<int> Times => Gen.Frequency((12, Gen.Choose(1, 10_000)), (4, Gen.Choose(1, 60_000)), (1, Gen.Choose(1, 900_000)));

    private static Gen<Operation> Creates =>
        from persistent in Gen.Elements(true, false, false, false)
        from idle in Gen.Elements<int?>(null, null, null, null, null, null, 1200, 300, 30, 1, 1201, 0)
        from lifetime in Gen.Elements<int?>(null, null, null, null, null, null, 28_800, 1200, 60, 1, 28_801)
        from data in Gen.Elements(0, 0, 50, 200, 300, 450)
        select (Operation)new Create(persistent, idle, lifetime, data);

    private static Gen<Operation> Replaces =>
        from who in Anyone
        from name in Name
        from value in Value
        from condition in Condition
        select (Operation)new Replace(who, name, value, condition);

    private static Gen<Operation> Patches =>
        from who in Anyone
        from name in Name
        from inner in Gen.OrNull(Name)
        from value in Gen.Frequency((3, Value.Select(value => (string?)value)), (1, Gen.Constant((string?)null)))
        from condition in Condition
        select (Operation)new Patch(who, name, inner, value, condition);

    public static Arbitrary<Script> OfLength(int length, bool shrink) =>
        Arb.From(
            Gen.ArrayOf(AnyOperation, length - 1).Select(operations => new Script([First, .. operations])),
            script => shrink ? script.Shorter() : []);

    /// <summary>The operations, where they are few enough for a reader.</summary>
    public override string ToString() => Operations.Count > Readable
        ? $"{Operations.Count} operations"
        : $"{Operations.Count} operations\n{string.Join('\n', Operations.Select((operation, place) => $"{place,4} {operation}"))}\n";

    /// <summary>Leaves out half, a quarter, an eighth … at every place: FsCheck's own way, one by one, takes thousands of runs.</summary>
    private IEnumerable<Script> Shorter()
    {
        for (var size = Operations.Count / 2; size > 0; size /= 2)
        {
            for (var from = Operations.Count - size; from >= 0; from -= size)
            {
                yield return new Script([.. Operations.Take(from), .. Operations.Skip(from + size)]);
            }
        }
    }
}
