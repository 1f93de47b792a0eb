"""What each sentence of each instrument claims, so that made data can prove it false.

An entry says for the key of a verdict which levels it may have and when its sentence is true, by figures, tables,
conditions and options of the result alone.
"""
