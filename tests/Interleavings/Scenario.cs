namespace Interleavings;

/// <summary>Several callers at once in a scene.</summary>
internal sealed record Scenario(Scene Scene, IReadOnlyList<Act> Acts)
{
    /// <summary>Past a grace, past a marker, past what a sign-in has reserved.</summary>
    public IReadOnlyList<TimeSpan> Jumps { get; init; } = [TimeSpan.FromSeconds(31), TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(90)];

    public string Name => $"{Scene.Name}: {string.Join(" + ", Acts.Select(act => act.Name))}";

    public static async Task<IReadOnlyList<Scenario>> AllAsync()
    {
        Scene[] scenes =
        [
            await Scene.MakeAsync("guest"),
            await Scene.MakeAsync("member", member: true, rotated: true),
            await Scene.MakeAsync("guest, limit 1", limit: 1),
            await Scene.MakeAsync("guest, limit 1, reject", limit: 1, rejects: true, sibling: false),
            await Scene.MakeAsync("guest, limit 2, reject", limit: 2, rejects: true),
            await Scene.MakeAsync("member, limit 2, reject", member: true, limit: 2, rejects: true),
        ];
        return [.. scenes.SelectMany(PairsIn), .. scenes.SelectMany(TriplesIn)];
    }

    private static IEnumerable<Scenario> PairsIn(Scene scene)
    {
        var acts = Act.In(scene).ToList();
        for (var a = 0; a < acts.Count; a++)
        {
            for (var b = a; b < acts.Count; b++)
            {
                yield return new Scenario(scene, [acts[a], acts[b]]);
            }
        }
    }

    private static IEnumerable<Scenario> TriplesIn(Scene scene)
    {
        Act[][] chosen =
        [
            [Act.SignIn, Act.SignIn, Act.SignIn],
            [Act.SignIn, Act.SignInByIdToken, Act.SignInByOperator],
            [Act.SignIn, Act.SignInByOperator, Act.LogOut],
            [Act.SignIn, Act.Increment, Act.LogOut],
            [Act.SignIn, Act.Increment, Act.Increment],
            [Act.SignInAgain, Act.IncrementByKey, Act.Touch],
            [Act.IncrementByKey, Act.IncrementByKey, Act.Increment],
            [Act.SignIn, Act.EndUser, Act.Create],
            [Act.SignIn, Act.Cleanup, Act.EndUser],
            [Act.Touch, Act.Touch, Act.LogOut],
            [Act.Touch, Act.Touch, Act.EndUser],
            [Act.Touch, Act.Increment, Act.Revoke],
            [Act.Increment, Act.Increment, Act.Increment],
            [Act.Rotate, Act.Rotate, Act.Rotate],
            [Act.Rotate, Act.Rotate, Act.SignIn],
            [Act.Create, Act.Create, Act.SignIn],
            [Act.LogOut, Act.EndUser, Act.Touch],
        ];
        return chosen.Select(acts => new Scenario(scene, acts));
    }
}
