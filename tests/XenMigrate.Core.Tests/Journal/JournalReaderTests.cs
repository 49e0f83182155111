namespace XenMigrate.Tests;

/// <summary>What a crash, a full disk or a hand can make of a journal.</summary>
public class JournalReaderTests
{
    private static readonly JournalEntry[] s_entries = [.. SampleJournals.Entries(FakeTiming.Start)];
    private static readonly byte[] s_whole = SampleJournals.Bytes(s_entries);

    [Fact]
    public void Cut_off_anywhere_it_tells_all_whole_lines_and_that_it_was_cut()
    {
        for (int length = 0; length <= s_whole.Length; length++)
        {
            byte[] prefix = s_whole[..length];
            int lines = prefix.Count(b => b == '\n');

            JournalContent content = SampleJournals.Read(prefix);

            Assert.Equal(s_entries.Take(lines), content.Entries);
            Assert.Equal(length > 0 && prefix[^1] != '\n', content.IsTorn);
            Assert.Equal(content.IsTorn ? "Of the journal, its last line is cut off." : null, content.Damage);
        }
    }

    [Fact]
    public void Cut_off_anywhere_the_move_is_finished_only_if_it_says_so()
    {
        for (int length = 0; length <= s_whole.Length; length++)
        {
            JournalContent content = SampleJournals.Read(s_whole[..length]);

            GuestMigration alive = GuestMigration.Of("f", content, _ => true);
            GuestMigration dead = GuestMigration.Of("f", content, _ => false);

            int lines = content.Entries.Count;
            Assert.Equal(
                lines == 0 ? JournalState.NotBegun : lines == s_entries.Length ? JournalState.Finished : JournalState.InFlight, alive.State);
            Assert.Equal(alive.State == JournalState.InFlight ? JournalState.Abandoned : alive.State, dead.State);
            Assert.Equal(lines == 0 ? "" : "web", dead.Name);
            Assert.Equal(lines is 3 or 7 or 8 ? 1 : 0, dead.OpenCommand.Count);
        }
    }

    [Fact]
    public void Whatever_was_done_to_it_nothing_worse_comes_of_it_than_lines_that_cannot_be_read() =>
        Gen.Select(Gen.Int[0, s_whole.Length - 1], Gen.Byte, Gen.Int[0, 3]).List[1, 8].Sample(changes =>
        {
            List<byte> bytes = [.. s_whole];
            foreach ((int at, byte value, int kind) in changes)
            {
                int place = Math.Min(at, bytes.Count - 1);
                switch (kind)
                {
                    case 0:
                        bytes.RemoveAt(place);
                        break;
                    case 1:
                        bytes.Insert(place, value);
                        break;
                    default:
                        bytes[place] = value;
                        break;
                }
            }

            JournalContent content = SampleJournals.Read([.. bytes]);

            Assert.Equal(
                bytes.Count(b => b == '\n'),
                content.Entries.Count + content.UnreadableLines + content.NewerLines + content.UnknownLines);
            Assert.NotNull(GuestMigration.Of("f", content, _ => null).ToString());
        });

    [Fact]
    public void A_line_in_the_middle_that_cannot_be_read_is_told()
    {
        JournalContent content = Read([.. SampleJournals.Bytes(s_entries.Take(2)), .. "{oops}\n"u8, .. SampleJournals.Bytes(s_entries.Skip(3))]);

        Assert.Equal(s_entries.Length - 1, content.Entries.Count);
        Assert.Equal("Of the journal, 1 of its lines can't be read.", content.Damage);
    }

    [Fact]
    public void Lines_that_are_missing_are_told() => Assert.Equal(
        "Of the journal, lines of it are missing.", Read(SampleJournals.Bytes(s_entries.Where((_, i) => i != 4))).Damage);

    [Fact]
    public void A_newer_versions_line_is_told() => Assert.Equal(
        "Of the journal, 1 of its lines are a newer XenMigrate's.",
        Read([.. SampleJournals.Bytes(s_entries), .. """{"v":2,"n":11}"""u8, (byte)'\n']).Damage);

    [Fact]
    public void A_kind_that_is_not_known_is_passed_over()
    {
        JournalContent content =
            Read([.. SampleJournals.Bytes(s_entries), .. """{"v":1,"n":11,"at":"2026-11-22T22:00:00Z","kind":"weather"}"""u8, (byte)'\n']);

        Assert.Equal(1, content.UnknownLines);
        Assert.Null(content.Damage);
    }

    [Fact]
    public void A_line_without_an_end_in_sight_is_not_kept()
    {
        JournalContent content = Read([.. SampleJournals.Bytes(s_entries), .. Enumerable.Repeat((byte)'x', 1 << 22), (byte)'\n']);

        Assert.Equal(s_entries, content.Entries);
        Assert.Equal(1, content.UnreadableLines);
    }

    [Fact]
    public void Every_line_is_one_line_whatever_it_says() => Gen.String.Sample(text =>
    {
        byte[] line = JournalLine.Write(new JournalEntry.CommandBegun(1, text, "") { Number = 1, At = FakeTiming.Start });

        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.Single(Read(line).Entries);
    });

    private static JournalContent Read(byte[] bytes) => SampleJournals.Read(bytes);
}
