package demo;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class Text {
  @Param({"500"})
  public int size;

  static long spin(long rounds) {
    long x = rounds;
    for (long i = 0; i < rounds; i++) x = x * 6364136223846793005L + 1;
    return x;
  }

  @Benchmark public long steady() { return spin(size); }
  @Benchmark public long grows() { return spin(size); } // @base
  @Benchmark public long grows() { return spin(3L * size); } // @head
  @Benchmark public long gone() { return spin(2L * size); } // @base
  @Benchmark public long added() { return spin(4L * size); } // @head
}
