namespace Sessions.Tests;

public sealed class SecretsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static readonly SecretHash First = SecretHash.Of([1]);
    private static readonly SecretHash Second = SecretHash.Of([2]);
    private static readonly SecretHash Third = SecretHash.Of([3]);

    [Fact]
    public void A_new_session_knows_one_secret()
    {
        var secrets = new Secrets(First, Now);

        Assert.Equal(SecretMatch.Current, secrets.Match(First, Now));
        Assert.Equal(SecretMatch.None, secrets.Match(Second, Now));
    }

    [Fact]
    public void A_rotation_leaves_the_current_one_and_adds_a_pending_one()
    {
        var secrets = new Secrets(First, Now).Rotate(Second, Now);

        Assert.Equal(SecretMatch.Current, secrets.Match(First, Now.AddYears(1)));
        Assert.Equal(SecretMatch.Pending, secrets.Match(Second, Now));
    }

    [Fact]
    public void A_second_rotation_leaves_the_first_one_s_secret_pending_beside_its_own() // each may be the one that the browser keeps
    {
        var secrets = new Secrets(First, Now).Rotate(Second, Now).Rotate(Third, Now);

        Assert.Equal(SecretMatch.Current, secrets.Match(First, Now));
        Assert.Equal(SecretMatch.Pending, secrets.Match(Second, Now));
        Assert.Equal(SecretMatch.Pending, secrets.Match(Third, Now));

        secrets = secrets.Promote(Third, Now, Grace);
        Assert.Equal(SecretMatch.Pending, secrets.Match(Second, Now));
        Assert.Equal(SecretMatch.Current, secrets.Match(Third, Now));
    }

    [Fact]
    public void Promoted_the_pending_one_is_current_and_the_old_one_in_grace_to_the_moment()
    {
        var secrets = new Secrets(First, Now).Rotate(Second, Now).Promote(Second, Now, Grace);

        Assert.Equal(SecretMatch.Current, secrets.Match(Second, Now));
        Assert.Equal(SecretMatch.InGrace, secrets.Match(First, Now));
        Assert.Equal(SecretMatch.InGrace, secrets.Match(First, Now + Grace - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(SecretMatch.Replayed, secrets.Match(First, Now + Grace));
    }

    [Fact]
    public void Without_grace_the_old_one_is_a_replay_at_once() =>
        Assert.Equal(SecretMatch.Replayed, new Secrets(First, Now).Rotate(Second, Now).Promote(Second, Now, TimeSpan.Zero).Match(First, Now));

    [Fact]
    public void A_rotation_does_not_shorten_the_grace_of_the_one_before()
    {
        var secrets = new Secrets(First, Now).Rotate(Second, Now).Promote(Second, Now, Grace).Rotate(Third, Now);

        Assert.Equal(SecretMatch.InGrace, secrets.Match(First, Now));
        Assert.Equal(SecretMatch.Current, secrets.Match(Second, Now));
        Assert.Equal(SecretMatch.Pending, secrets.Match(Third, Now));
        Assert.Equal(SecretMatch.Replayed, secrets.Match(First, Now + Grace));
    }

    [Fact]
    public void A_second_promotion_does_not_cut_the_first_one_s_grace_short()
    {
        var later = Now.AddSeconds(10);
        var secrets = new Secrets(First, Now).Rotate(Second, Now).Promote(Second, Now, Grace).Rotate(Third, later).Promote(Third, later, Grace);

        Assert.Equal(SecretMatch.InGrace, secrets.Match(First, Now + Grace - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(SecretMatch.Replayed, secrets.Match(First, Now + Grace));
        Assert.Equal(SecretMatch.InGrace, secrets.Match(Second, later + Grace - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(SecretMatch.Current, secrets.Match(Third, later));
        Assert.Empty(secrets.Pending);
    }

    [Fact]
    public void Past_its_grace_only_the_immediate_predecessor_is_remembered()
    {
        var later = Now + Grace;
        var secrets = new Secrets(First, Now).Rotate(Second, Now).Promote(Second, Now, Grace).Rotate(Third, later).Promote(Third, later, Grace);

        Assert.Equal(SecretMatch.None, secrets.Match(First, later));
        Assert.Equal(SecretMatch.InGrace, secrets.Match(Second, later));
    }

    [Fact]
    public void At_most_sixteen_are_pending()
    {
        var secrets = new Secrets(First, Now);
        for (byte n = 2; n < 30; n++)
        {
            secrets = secrets.Rotate(SecretHash.Of([n]), Now);
        }

        Assert.Equal(16, secrets.Pending.Count);
        Assert.Equal(SecretMatch.Pending, secrets.Match(SecretHash.Of([29]), Now));
    }
}
